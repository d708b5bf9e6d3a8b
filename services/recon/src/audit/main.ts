import { parseArgs } from 'node:util';
import { createDataSource } from '@tributary/persistence';
import { databaseFilesOf } from '@tributary/platform';
import { reconMigrations } from '../migrations/index.js';
import { loadReconConfig } from '../recon.config.js';
import { verificationText } from './decide/verification-text.js';
import { readAnchorFile } from './emit/audit-anchor.js';
import { verifyAudit } from './emit/verify-audit.js';

const usage = `Verifies the audit trail of recon with the environment of the service (docs/runbooks/audit.md). Changes nothing.

  audit/main.js verify [--anchor file] [--json]
`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { anchor: { type: 'string' }, json: { type: 'boolean', default: false } },
});
process.exitCode = await run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
});

/** @returns 0: whole; 1: tampered with, or it cannot be read; 2: the command line is wrong. */
async function run(): Promise<number> {
  if (positionals[0] !== 'verify' || positionals.length > 1) {
    process.stderr.write(usage);
    return 2;
  }
  const config = loadReconConfig(process.env);
  const path = values.anchor ?? config.AUDIT_ANCHOR_FILE;
  const anchors = path === undefined ? { anchors: [], unreadable: [] } : readAnchorFile(path);
  const database = createDataSource({
    url: config.DATABASE_URL,
    files: databaseFilesOf(config),
    schema: 'recon',
    migrations: reconMigrations,
  });
  await database.initialize();
  try {
    const result = await database.transaction('REPEATABLE READ', (manager) => verifyAudit(manager, anchors));
    process.stdout.write(
      values.json
        ? `${JSON.stringify(result, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))}\n`
        : `${verificationText(result, path)}\n`,
    );
    return result.finding || result.unreadableAnchors.length > 0 ? 1 : 0;
  } finally {
    await database.destroy();
  }
}
