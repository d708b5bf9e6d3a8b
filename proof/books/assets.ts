import { compileAssets, formatProblem } from '@tributary/mapping';
import type { AssetBundle } from '@tributary/mapping';
import { parseDocument } from 'yaml';
import { shippedAssetFiles } from '../built.js';

/** The assets of a run, and which role each account of the target has. */
export interface CellAssets {
  readonly bundle: AssetBundle;
  /** Account -> role, with its currency where a role has one account per currency: `CLR-USD`. */
  readonly roles: ReadonlyMap<string, string>;
}

/**
 * The shipped assets, with values of one profile changed by dotted path; null takes a value out.
 * @throws {Error} with every problem of the changed assets.
 */
export function cellAssets(target: string, profilePath: string, changes: Readonly<Record<string, unknown>>): CellAssets {
  let roles: ReadonlyMap<string, string> = new Map();
  const files = shippedAssetFiles().map((file) => {
    if (file.path !== profilePath) return file;
    const profile = parseDocument(file.text);
    for (const [name, value] of Object.entries(changes))
      if (value === null) profile.deleteIn(name.split('.'));
      else profile.setIn(name.split('.'), value);
    roles = rolesOf((profile.toJS() as { accounts?: Record<string, string | Record<string, string>> }).accounts ?? {});
    return { ...file, text: String(profile) };
  });
  const compiled = compileAssets(files);
  if (!compiled.ok) throw new Error(`assets of ${target}: ${compiled.problems.map(formatProblem).join('\n')}`);
  return { bundle: compiled.bundle, roles };
}

function rolesOf(accounts: Readonly<Record<string, string | Readonly<Record<string, string>>>>): Map<string, string> {
  const roles = new Map<string, string>();
  for (const [role, account] of Object.entries(accounts))
    if (typeof account === 'string') roles.set(account, role);
    else for (const [currency, one] of Object.entries(account)) roles.set(one, `${role}-${currency}`);
  return roles;
}
