import type { ErpDocumentState, ErpLedgerEntry, ErpReference } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import { amountText } from '../p21-amount.js';
import type { P21Row } from '../p21-json.js';
import { idOf, textOf } from '../p21-json.js';
import { referenceAtEnd, referenceOf } from '../p21-keys.js';
import { all, odataText } from '../p21-odata.js';
import type { P21Parts } from './document-kind.js';
import { single } from './single.js';

/** Columns of gl that an entry is read with. */
export const glColumns = [
  'gl_uid',
  'company_no',
  'account_number',
  'amount',
  'foreign_amount',
  'currency_id',
  'description',
  'source',
  'approved',
  'transaction_number',
] as const;

/** The rows of one transaction. */
export interface LedgerEntry {
  readonly number: string;
  readonly rows: readonly P21Row[];
}

/** Rows by their transaction number, in the order in which they came. */
export function entriesIn(rows: readonly P21Row[]): LedgerEntry[] {
  const numbers = [...new Set(rows.map((row) => idOf(row.transaction_number)))];
  return numbers.map((number) => ({ number, rows: rows.filter((row) => idOf(row.transaction_number) === number) }));
}

/** The entry of a posting key. @throws {ErpDuplicateDocumentError} when there are several: nothing in P21 prevents that. */
export async function entryOf(key: PostingKey, { client, config }: P21Parts, signal: AbortSignal): Promise<LedgerEntry | undefined> {
  const reference = referenceOf(key);
  const filter = all(
    `company_no eq ${odataText(config.company)}`,
    `source eq ${odataText(config.source)}`,
    `endswith(description,${odataText(reference)})`,
  );
  const rows = await client.rows('gl', { filter, select: glColumns, orderBy: 'transaction_number,gl_uid' }, signal);
  const own = rows.filter((row) => textOf(row.company_no) === config.company && referenceAtEnd(textOf(row.description)) === reference);
  return single(entriesIn(own), key, 'entries', ({ number }) => number);
}

/** What identifies an entry. */
export function entryReference(company: string, number: string): ErpReference {
  return { CompanyNo: company, TransactionNumber: number };
}

/** The state of an entry with its lines: an entry is in the ledger when it is approved. */
export function entryState(
  { number, rows }: LedgerEntry,
  { config, currencies }: Pick<P21Parts, 'config' | 'currencies'>,
): ErpDocumentState {
  const lines = ledgerLines(rows, { currencies });
  const currency = lines[0]?.currency ?? config.currency;
  const debits = rows.filter((row) => !textOf(row.foreign_amount).startsWith('-')).map((row) => textOf(row.foreign_amount));
  return {
    reference: entryReference(config.company, number),
    amount: amountText(sumOf(debits), currency),
    currency,
    released: rows.every((row) => textOf(row.approved) === 'Y'),
    ...(config.readEffect === 'none' ? {} : { effect: lines }),
  };
}

/** Rows of gl as lines of the ledger, in the currency of each. */
export function ledgerLines(rows: readonly P21Row[], { currencies }: Pick<P21Parts, 'currencies'>): ErpLedgerEntry[] {
  const lines: ErpLedgerEntry[] = [];
  for (const row of rows) {
    const currency = currencies.codeOf(idOf(row.currency_id));
    const amount = amountText(row.foreign_amount, currency);
    if (!/[1-9]/.test(amount)) continue;
    const side = amount.startsWith('-') ? { credit: amount.slice(1) } : { debit: amount };
    lines.push({ account: textOf(row.account_number), currency, ...side });
  }
  return lines;
}

const scale = 4;

/** Sum of decimal texts of the ledger, which have at most four decimals, without floats (I5). */
export function sumOf(amounts: readonly string[]): string {
  return fromUnits(amounts.reduce((sum, text) => sum + toUnits(text), 0n));
}

/** Ten-thousandths of a decimal text. */
export function toUnits(text: string): bigint {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d*)(?:\.(\d*))?$/.exec(text) ?? [];
  const units = BigInt(`${whole || '0'}${fraction.slice(0, scale).padEnd(scale, '0')}`);
  return sign === '-' ? -units : units;
}

/** Ten-thousandths as decimal text. */
export function fromUnits(units: bigint): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
