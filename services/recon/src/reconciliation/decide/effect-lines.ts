import type { ErpDocumentState } from '@tributary/connector-kit';
import { fromDecimalText } from '@tributary/domain';
import { storableText } from '../../shared/decide/storable-text.js';
import type { DocumentInLedger } from './compare-effect.js';
import type { EffectAmount } from './effect-sums.js';

/** One line of a stored effect: minor units as text. Exactly one of `debit` and `credit` is not null. */
export interface StoredEffectLine {
  /** Empty for an account without a role. */
  readonly role: string;
  /** Null when the ERP itself determines the account. */
  readonly account: string | null;
  readonly currency: string;
  readonly debit: string | null;
  readonly credit: string | null;
}

/** Largest number of entries of one document that are kept for display. */
const mostEntries = 1_000;
const longestValue = 300;

/** Requested lines for the comparison. */
export function askedAmounts(lines: readonly StoredEffectLine[]): EffectAmount[] {
  return lines.map(({ role, account, currency, debit, credit }) => ({
    role,
    account,
    currency,
    minor: BigInt(debit ?? 0) - BigInt(credit ?? 0),
  }));
}

/**
 * The ERP's answer for the comparison.
 * @param roles account -> role.
 * @throws {MoneyError} for an amount that its currency cannot have.
 */
export function documentInLedger(found: ErpDocumentState | undefined, roles: ReadonlyMap<string, string>): DocumentInLedger | undefined {
  if (!found) return undefined;
  const entries = found.effect?.map(({ account, debit, credit, currency }): EffectAmount => {
    const minor = (amount: string | undefined): bigint => (amount === undefined ? 0n : fromDecimalText(amount, currency).minor);
    return { role: roles.get(account) ?? '', account, currency, minor: minor(debit) - minor(credit) };
  });
  return { released: found.released, currency: found.currency, entries };
}

/** Entries of the ledger for storage. */
export function storedEntries(entries: readonly EffectAmount[]): StoredEffectLine[] {
  return entries.slice(0, mostEntries).map(({ role, account, currency, minor }) => ({
    role: storableText(role, longestValue),
    account: account === null ? null : storableText(account, longestValue),
    currency: storableText(currency, longestValue),
    debit: minor < 0n ? null : minor.toString(),
    credit: minor < 0n ? (-minor).toString() : null,
  }));
}
