import type { Row, Store } from '../store.js';
import { amountColumn, amountOf } from './money.js';

/** A balance of an account in one currency, thousandths. */
interface Balance {
  account: string;
  currency: string;
  debit: bigint;
  credit: bigint;
}

const journalOf = (row: Row): string => `${row.FiscalYear} ${row.JournalCode} ${row.JournalNum}`;

function balances(rows: readonly Row[]): Balance[] {
  const all = new Map<string, Balance>();
  for (const row of rows) {
    const [account, currency] = [String(row.GLAccount), String(row.CurrencyCode)];
    const key = `${account} ${currency}`;
    const balance = all.get(key) ?? { account, currency, debit: 0n, credit: 0n };
    balance.debit += amountOf(row.DebitAmount);
    balance.credit += amountOf(row.CreditAmount);
    all.set(key, balance);
  }
  return [...all.values()].sort((a, b) => (`${a.account} ${a.currency}` < `${b.account} ${b.currency}` ? -1 : 1));
}

/** Debits and credits per account and currency. */
export function trialBalance(rows: readonly Row[]): { account: string; currency: string; debit: unknown; credit: unknown }[] {
  return balances(rows).map(({ account, currency, debit, credit }) => ({
    account,
    currency,
    debit: amountColumn(debit),
    credit: amountColumn(credit),
  }));
}

/** The entries of the ledger with the document that each came from. */
export function entries(rows: readonly Row[]): object[] {
  const journals = new Map<string, Row[]>();
  for (const row of rows) journals.set(journalOf(row), [...(journals.get(journalOf(row)) ?? []), row]);
  return [...journals].map(([journal, lines]) => ({
    journal,
    date: String(lines[0]?.JEDate).slice(0, 10),
    text: lines[0]?.Description,
    document: documentOf(lines[0] as Row),
    lines: lines.map((row) => ({
      account: row.GLAccount,
      currency: row.CurrencyCode,
      debit: row.DebitAmount,
      credit: row.CreditAmount,
      bookDebit: row.BookDebitAmount,
      bookCredit: row.BookCreditAmount,
    })),
  }));
}

function documentOf(row: Row): object {
  if (row.JournalCode === 'SJ') return { InvoiceNum: row.ARInvoiceNum };
  if (row.JournalCode === 'CR') return { GroupID: row.GroupID, HeadNum: row.CRHeadNum };
  if (row.JournalCode === 'BK') return { TranNum: row.BankTranNum };
  return { JournalCode: row.JournalCode, JournalNum: row.JournalNum };
}

/**
 * What must hold at any moment: every entry balances in the book's currency; the receivable account is, in each currency and in the book,
 * the sum of the open documents; no balance of a document has crossed zero or exceeds its amount.
 * @returns one sentence for each rule that is broken.
 */
export function brokenRules(store: Pick<Store, 'rows'>): string[] {
  const rows = store.rows('GLJrnDtl');
  const receivable = new Set(store.rows('GLControl').flatMap((row) => (row.Purpose === 'AR' ? [String(row.GLAccount)] : [])));
  const invoices = store.rows('InvcHead').filter((row) => row.Posted === true);
  return [
    ...unbalanced(rows),
    ...differences(balances(rows.filter((row) => receivable.has(String(row.GLAccount)))), invoices),
    ...bookDifference(
      rows.filter((row) => receivable.has(String(row.GLAccount))),
      invoices,
    ),
    ...store.rows('InvcHead').flatMap(crossed),
  ];
}

function unbalanced(rows: readonly Row[]): string[] {
  const sums = new Map<string, bigint>();
  for (const row of rows)
    sums.set(journalOf(row), (sums.get(journalOf(row)) ?? 0n) + amountOf(row.BookDebitAmount) - amountOf(row.BookCreditAmount));
  return [...sums].flatMap(([journal, sum]) => (sum === 0n ? [] : [`entry ${journal} is out of balance by ${sum} thousandths`]));
}

function differences(receivable: readonly Balance[], invoices: readonly Row[]): string[] {
  const open = new Map<string, bigint>();
  for (const row of invoices) open.set(String(row.CurrencyCode), (open.get(String(row.CurrencyCode)) ?? 0n) + amountOf(row.DocInvoiceBal));
  for (const { currency, debit, credit } of receivable) open.set(currency, (open.get(currency) ?? 0n) - debit + credit);
  return [...open].flatMap(([currency, difference]) =>
    difference === 0n ? [] : [`receivables in ${currency}: open documents differ from the account by ${difference} thousandths`],
  );
}

function bookDifference(rows: readonly Row[], invoices: readonly Row[]): string[] {
  const account = rows.reduce((all, row) => all + amountOf(row.BookDebitAmount) - amountOf(row.BookCreditAmount), 0n);
  const open = invoices.reduce((all, row) => all + amountOf(row.InvoiceBal), 0n);
  return account === open ? [] : [`receivables in the book: open documents differ from the account by ${open - account} thousandths`];
}

function crossed(row: Row): string[] {
  const amount = amountOf(row.DocInvoiceAmt);
  return ['DocInvoiceBal', 'DocUnpostedBal'].flatMap((column) => {
    const balance = amountOf(row[column] ?? row.DocInvoiceBal);
    const within = amount < 0n ? balance <= 0n && balance >= amount : balance >= 0n && balance <= amount;
    return within ? [] : [`${column} of invoice ${row.InvoiceNum} is ${balance} of ${amount} thousandths`];
  });
}
