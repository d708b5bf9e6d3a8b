import type { ErpLedgerEntry } from '@tributary/connector-kit';
import { allowed } from '../kinetic-errors.js';
import type { KineticRow } from '../kinetic-json.js';
import { textOf } from '../kinetic-json.js';
import type { KineticParts } from './document-kind.js';

const columns = [
  'JournalCode',
  'JournalNum',
  'JournalLine',
  'GLAccount',
  'CurrencyCode',
  'DebitAmount',
  'CreditAmount',
  'BookCurrencyCode',
  'BookDebitAmount',
  'BookCreditAmount',
] as const;

/**
 * What the general ledger says about a document: in its currency, or in the currency of the book where its lines have several.
 * Source: docs/reference/epicor-kinetic.md section 6.7 (GLJrnDtls [verified]; which columns a posting fills [assumed]).
 * @param filter `$filter` of its lines; undefined for a document that is not released.
 * @returns nothing where we may not read the ledger.
 */
export async function effectOf(
  filter: string | undefined,
  { client, config }: KineticParts,
  signal: AbortSignal,
): Promise<{ effect?: readonly ErpLedgerEntry[] }> {
  if (config.readEffect === 'none') return {};
  if (filter === undefined) return { effect: [] };
  const query = { filter, select: columns, orderBy: 'JournalCode,JournalNum,JournalLine' };
  const rows = await allowed(client.rows('Erp.BO.GLJrnDtlSvc', 'GLJrnDtls', query, signal));
  return rows ? { effect: entriesOf(rows) } : {};
}

function entriesOf(rows: readonly KineticRow[]): ErpLedgerEntry[] {
  const inBook = new Set(rows.map((row) => textOf(row.CurrencyCode))).size > 1;
  return rows.flatMap((row): ErpLedgerEntry[] => {
    const [debit, credit, currency] = inBook
      ? [row.BookDebitAmount, row.BookCreditAmount, row.BookCurrencyCode]
      : [row.DebitAmount, row.CreditAmount, row.CurrencyCode];
    const entry = { account: textOf(row.GLAccount), currency: textOf(currency) };
    if (!isZero(textOf(debit))) return [{ ...entry, debit: textOf(debit) }];
    return isZero(textOf(credit)) ? [] : [{ ...entry, credit: textOf(credit) }];
  });
}

/** Amounts are text, so zero is "0", "0.00" or nothing. */
function isZero(amount: string): boolean {
  return !/[1-9]/.test(amount);
}
