import { numberOf } from '../rows.js';
import type { Row, Store } from '../store.js';
import { amountColumn, amountOf } from './money.js';
import { manualSource } from './sources.js';

/** What the ledger of the emulator is read from. */
export type Books = Pick<Store, 'rows' | 'row'>;

interface Balance {
  readonly account: string;
  readonly currency: string;
  debit: bigint;
  credit: bigint;
}

function currencyOf(row: Readonly<Row>, books: Books): string {
  return String(books.row('currency_hdr', String(row.currency_id))?.iso ?? '');
}

/** Debits and credits per account and currency, in that currency. */
export function trialBalance(books: Books): { account: string; currency: string; debit: unknown; credit: unknown }[] {
  const all = new Map<string, Balance>();
  for (const row of books.rows('gl')) {
    const [account, currency, amount] = [String(row.account_number), currencyOf(row, books), amountOf(row.foreign_amount)];
    const key = `${account} ${currency}`;
    const balance = all.get(key) ?? { account, currency, debit: 0n, credit: 0n };
    if (amount > 0n) balance.debit += amount;
    else balance.credit -= amount;
    all.set(key, balance);
  }
  return [...all.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { account, currency, debit, credit }]) => ({ account, currency, debit: amountColumn(debit), credit: amountColumn(credit) }));
}

function byTransaction(rows: readonly Row[]): Map<number, Row[]> {
  const all = new Map<number, Row[]>();
  for (const row of rows) {
    const number = numberOf(row.transaction_number);
    all.set(number, [...(all.get(number) ?? []), row]);
  }
  return all;
}

/** The entries of the ledger with the document that each came from. */
export function entries(books: Books): object[] {
  const side = (amount: bigint) => amountColumn(amount > 0n ? amount : 0n);
  return [...byTransaction(books.rows('gl'))].map(([TransactionNumber, rows]) => ({
    journal: `${String(rows[0]?.journal_id)} ${TransactionNumber}`,
    date: String(rows[0]?.transaction_date).slice(0, 'YYYY-MM-DD'.length),
    text: rows[0]?.description,
    document: { TransactionNumber, JournalId: rows[0]?.journal_id, Source: rows[0]?.source },
    lines: rows.map((row) => ({
      account: row.account_number,
      currency: currencyOf(row, books),
      debit: side(amountOf(row.foreign_amount)),
      credit: side(-amountOf(row.foreign_amount)),
      bookDebit: side(amountOf(row.amount)),
      bookCredit: side(-amountOf(row.amount)),
    })),
  }));
}

/** The open balance of a document: section 5 (formula assumed there). @param home in home currency. */
export function openBalance(row: Readonly<Row>, home = false): bigint {
  if (home) return amountOf(row.total_amount_home) - amountOf(row.amount_paid_home);
  return amountOf(row.total_amount) - amountOf(row.amount_paid) - amountOf(row.terms_taken) - amountOf(row.allowed);
}

/**
 * What must hold at any moment: every entry balances in home currency; what documents put on a receivable account is, in each currency and
 * in home currency, the sum of the open documents; no balance of a document has crossed zero or exceeds its amount. What journals put on that
 * account has no document, and is not compared.
 * @returns one sentence for each rule that is broken.
 */
export function brokenRules(books: Books): string[] {
  const unbalanced = [...byTransaction(books.rows('gl'))].flatMap(([number, rows]) => {
    const sum = rows.reduce((all, row) => all + amountOf(row.amount), 0n);
    return sum === 0n ? [] : [`entry ${number} is out of balance by ${sum} ten-thousandths`];
  });
  const invoices = books.rows('invoice_hdr');
  const accounts = new Set(invoices.map((row) => `${String(row.company_no)}~${String(row.ar_account_no)}`));
  const receivable = books
    .rows('gl')
    .filter((row) => row.source_type_cd !== manualSource && accounts.has(`${String(row.company_no)}~${String(row.account_number)}`));
  const differences = new Map<string, bigint>();
  const add = (name: string, amount: bigint) => differences.set(name, (differences.get(name) ?? 0n) + amount);
  for (const row of invoices) {
    add(currencyOf(row, books), openBalance(row));
    add('home currency', openBalance(row, true));
  }
  for (const row of receivable) {
    add(currencyOf(row, books), -amountOf(row.foreign_amount));
    add('home currency', -amountOf(row.amount));
  }
  const receivables = [...differences].flatMap(([name, difference]) =>
    difference === 0n ? [] : [`receivables in ${name}: open documents differ from the account by ${difference} ten-thousandths`],
  );
  return [...unbalanced, ...receivables, ...invoices.flatMap(crossed)];
}

function crossed(row: Readonly<Row>): string[] {
  const [total, open] = [amountOf(row.total_amount), openBalance(row)];
  const within = total < 0n ? open <= 0n && open >= total : open >= 0n && open <= total;
  return within ? [] : [`the balance of invoice ${String(row.invoice_no)} is ${open} of ${total} ten-thousandths`];
}
