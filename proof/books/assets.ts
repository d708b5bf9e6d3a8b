import { compileAssets, formatProblem } from '@tributary/mapping';
import type { AssetBundle } from '@tributary/mapping';
import { parseDocument } from 'yaml';
import { shippedAssetFiles } from '../built.js';
import type { ErpKind } from './erp-under-test.js';
import { targets } from './targets.js';
import type { RunnableTarget } from './targets.js';

/** The assets of a run, and which role each account of the target has. */
export interface CellAssets {
  readonly bundle: AssetBundle;
  /** Account -> role, with its currency where a role has one account per currency: `CLR-USD`. */
  readonly roles: ReadonlyMap<string, string>;
}

/**
 * The shipped assets without those of other ledgers, with values of one profile changed by dotted path; null takes a value out.
 * @throws {Error} with every problem of the changed assets.
 */
export function cellAssets({ target, profilePath, kind }: RunnableTarget, changes: Readonly<Record<string, unknown>>): CellAssets {
  const others = targets.map(({ erp }) => erp).filter((erp) => erp !== kind.erp);
  let roles: ReadonlyMap<string, string> = new Map();
  const files = shippedAssetFiles()
    .filter(({ path }) => !others.some((erp) => path.startsWith(`${erp}/`)))
    .map((file) => {
      if (file.path !== profilePath) return file;
      const profile = parseDocument(file.text);
      // The shipped profile of a ledger that has to be chosen says that it is not.
      profile.delete('active');
      for (const [name, value] of Object.entries(changes))
        if (value === null) profile.deleteIn(name.split('.'));
        else profile.setIn(name.split('.'), value);
      roles = rolesOf((profile.toJS() as { accounts?: Record<string, Account | Record<string, Account>> }).accounts ?? {}, kind);
      return { ...file, text: String(profile) };
    });
  const compiled = compileAssets(files);
  if (!compiled.ok) throw new Error(`assets of ${target}: ${compiled.problems.map(formatProblem).join('\n')}`);
  return { bundle: compiled.bundle, roles };
}

/** A text, or its parts by name. */
type Account = string | Readonly<Record<string, string>>;

function rolesOf(accounts: Readonly<Record<string, Account | Readonly<Record<string, Account>>>>, kind: ErpKind): Map<string, string> {
  const textOf = (value: Account | Readonly<Record<string, Account>>): string | undefined =>
    typeof value === 'string' ? value : kind.accountText?.(value as Readonly<Record<string, string>>);
  const roles = new Map<string, string>();
  for (const [role, value] of Object.entries(accounts)) {
    const text = textOf(value);
    if (text !== undefined) roles.set(text, role);
    else for (const [currency, one] of Object.entries(value)) roles.set(textOf(one as Account) ?? '', `${role}-${currency}`);
  }
  return roles;
}
