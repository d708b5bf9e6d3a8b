import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const lockedPackage = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  license: z.union([z.string(), z.object({ type: z.string() })]).optional(),
  link: z.boolean().optional(),
  dev: z.boolean().optional(),
  hasInstallScript: z.boolean().optional(),
});

/** One entry of package-lock.json. */
export type LockedPackage = z.infer<typeof lockedPackage>;

/** Packages of package-lock.json that come from the registry, by their path (`node_modules/a/node_modules/b`). */
export function packagesOf(lockFile: string): ReadonlyMap<string, LockedPackage> {
  const { packages } = z.object({ packages: z.record(z.string(), lockedPackage) }).parse(JSON.parse(lockFile));
  return new Map(Object.entries(packages).filter(([path, entry]) => path.includes('node_modules/') && entry.link !== true));
}

/** Name of a package by its path in the lock file. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** What an entry lacks that makes it sure which bytes are installed, and from nowhere in particular. One sentence each. */
export function looseEntries(packages: ReadonlyMap<string, LockedPackage>): string[] {
  return [...packages].flatMap(([path, { integrity, resolved }]) => [
    ...(/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? '') ? [] : [`${path} has no SHA-512 hash: run node tools/complete-lockfile.mjs`]),
    ...(resolved === undefined ? [] : [`${path} names where it was fetched: npm install with the .npmrc of the repository`]),
  ]);
}

/** package-lock.json of the repository. @param root folder of the repository. */
export function readLockFile(root: string): string {
  return readFileSync(join(root, 'package-lock.json'), 'utf8');
}
