import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nameOf } from './lock-file.js';
import type { LockedPackage } from './lock-file.js';

/** Licences of packages that a user receives with the product: permissive ones, which ask for their notice and nothing else. */
export const acceptedLicences: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
]);

/** Packages whose manifest names no licence although their repository does, with where it was read. */
export const licencesByHand: Readonly<Record<string, string>> = {};

/** The licence of a package; undefined when neither the lock file nor the table says one. */
export function licenceOf(path: string, { license }: LockedPackage): string | undefined {
  return (typeof license === 'object' ? license.type : license) ?? licencesByHand[nameOf(path)];
}

/** Packages of the production installation without an accepted licence. One sentence each. */
export function licenceProblems(packages: ReadonlyMap<string, LockedPackage>): string[] {
  return [...packages].flatMap(([path, entry]) => {
    if (entry.dev) return [];
    const licence = licenceOf(path, entry);
    return isAccepted(licence)
      ? []
      : [`${path} has the licence ${licence ?? '(none)'}, which is not on the list of tools/supply/licences.ts`];
  });
}

/** One of `(A OR B)` is enough. */
function isAccepted(expression: string | undefined): boolean {
  if (expression === undefined) return false;
  const choices = expression.replace(/^\((.*)\)$/, '$1').split(' OR ');
  return choices.some((choice) => acceptedLicences.has(choice.trim()));
}

/** Text of a package's own licence file; undefined when there is none. */
export function licenceText(root: string, path: string): string | undefined {
  for (const name of ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license', 'LICENCE'])
    try {
      return readFileSync(join(root, path, name), 'utf8');
    } catch {
      continue;
    }
  return undefined;
}
