import type { LockedPackage } from './lock-file.js';

/** Licences of packages that a user receives with the product: permissive ones, which ask for their notice and nothing else. */
export const acceptedLicences: ReadonlySet<string> = new Set([
  'Unlicense',
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
]);

/** Packages of the production installation without an accepted licence. One sentence each. */
export function licenceProblems(packages: ReadonlyMap<string, LockedPackage>): string[] {
  return [...packages].flatMap(([path, entry]) => {
    if (entry.dev) return [];
    const licence = typeof entry.license === 'object' ? entry.license.type : entry.license;
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
