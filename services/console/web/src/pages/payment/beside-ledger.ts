import type { Amount, EffectLine } from '../../recon/shapes.js';

/** A line of a document beside the entry that the ledger has for it. */
export interface LineBesideEntry {
  readonly role: string;
  readonly account: string | null;
  /** Null: the ledger has an entry that was not asked for. */
  readonly asked: EffectLine | null;
  /** Null: the ledger has no such entry. */
  readonly entry: EffectLine | null;
  readonly differs: boolean;
}

/**
 * Pairs the lines that a document was asked to make with the entries of the ledger: by account, else by role where the ERP determines the
 * account. Lines come in the order of the document, entries that nobody asked for after them.
 */
export function besideLedger(effect: readonly EffectLine[], entries: readonly EffectLine[]): LineBesideEntry[] {
  const left = [...entries];
  const take = (line: EffectLine): EffectLine | null => {
    const ofAccount = (entry: EffectLine): boolean =>
      line.account === null ? entry.role === line.role && line.role !== '' : entry.account === line.account;
    const exact = left.findIndex((entry) => ofAccount(entry) && isSame(line, entry));
    const at = exact >= 0 ? exact : left.findIndex(ofAccount);
    return at < 0 ? null : (left.splice(at, 1)[0] ?? null);
  };
  const rows = effect.map((line): LineBesideEntry => {
    const entry = take(line);
    return {
      role: line.role,
      account: entry?.account ?? line.account,
      asked: line,
      entry,
      differs: entry === null || !isSame(line, entry),
    };
  });
  const others = left.map((entry): LineBesideEntry => ({ role: entry.role, account: entry.account, asked: null, entry, differs: true }));
  return [...rows, ...others];
}

const isSame = (line: EffectLine, entry: EffectLine): boolean => isEqual(line.debit, entry.debit) && isEqual(line.credit, entry.credit);

function isEqual(one: Amount | null, other: Amount | null): boolean {
  return one === null || other === null ? one === other : one.minor === other.minor && one.currency === other.currency;
}
