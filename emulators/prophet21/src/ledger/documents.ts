import { P21Error } from '../answers.js';
import type { Call } from '../call.js';
import { insert, update } from '../rows.js';
import type { Row, Value } from '../store.js';
import { tables } from '../tables/index.js';
import { openBalance } from './books.js';
import { postEntry } from './entry.js';
import { amountColumn, amountOf, converted, smallest } from './money.js';
import { periodOf } from './periods.js';
import { documentSources } from './sources.js';

const firstInvoiceNo = 3_000_101;

/** A currency of the company: its number and code, and the rate of the day in home currency, millionths. */
export interface Currency {
  readonly id: Value;
  readonly code: string;
  readonly rate: bigint;
}

/** The currency of a number. @throws {P21Error} for one that the company has not. */
export function currencyOf(id: Value | undefined, { transaction, config }: Pick<Call, 'transaction' | 'config'>): Currency {
  const row = transaction.row('currency_hdr', String(id));
  if (!row) throw new P21Error('business', `Currency ${String(id)} is not valid.`);
  const code = String(row.iso);
  return { id: row.currency_id ?? null, code, rate: config.exchangeRates.get(code) ?? 1_000_000n };
}

/** An amount in home currency at the company's rate of the day (that documents take it is assumed). */
export function atHome(amount: bigint, { rate }: Currency, call: Pick<Call, 'config'>): bigint {
  return converted(amount, rate, call.config.homeCurrency);
}

/** A line of an entry of a document. Amounts are ten-thousandths, debits positive. */
export interface DocumentLine {
  readonly account: Value;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly home: bigint;
}

/** What an entry of a document says. */
export interface DocumentEntry {
  readonly journal: string;
  readonly kind: keyof typeof documentSources;
  readonly day: Value;
  readonly source: string;
  readonly text: string;
}

/** Puts the entry of a document into the ledger. Codes of journals are assumed. @throws {P21Error} when a period is closed. */
export function postDocument(entry: DocumentEntry, lines: readonly DocumentLine[], call: Call): void {
  const { year, period } = periodOf(entry.day);
  const rows = lines
    .filter(({ amount, home }) => amount !== 0n || home !== 0n)
    .map(({ account, currency, amount, home }): Row => ({
      company_no: call.config.company,
      account_number: account,
      period,
      year_for_period: year,
      journal_id: entry.journal,
      amount: amountColumn(home),
      foreign_amount: amountColumn(amount),
      currency_id: currency.id,
      source: entry.source,
      description: entry.text,
      transaction_date: entry.day,
    }));
  postEntry(rows, documentSources[entry.kind], call);
}

/** An open document of a customer: an invoice, below zero a credit memo or unapplied cash. */
export interface OpenDocument {
  readonly customer: Row;
  readonly day: Value;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly home: bigint;
  readonly columns: Row;
}

/** Stores an open document. Nothing is put into the ledger. */
export function openDocument({ customer, day, currency, amount, home, columns }: OpenDocument, call: Call): Row {
  const { year, period } = periodOf(day);
  return insert(
    tables.invoiceHdr,
    {
      invoice_no: String(call.transaction.next('invoice_no', firstInvoiceNo)),
      company_no: customer.company_id ?? null,
      customer_id: String(customer.customer_id),
      customer_id_number: customer.customer_id ?? null,
      ar_account_no: customer.ar_account_no ?? null,
      terms_id: customer.terms_id ?? null,
      invoice_date: day,
      net_due_date: day,
      period,
      year_for_period: year,
      currency_id: currency.id,
      total_amount: amountColumn(amount),
      total_amount_home: amountColumn(home),
      ...columns,
    },
    call,
  );
}

/**
 * Takes a part out of the open balance of a document; at zero it is paid in full (section 7.5: columns verified, behaviour assumed).
 * @param part towards zero, with the sign of the balance.
 * @returns the part in home currency: what the receivable account is relieved of; the last part takes what is left.
 * @throws {P21Error} when it is more than is open.
 */
export function settle(invoice: Row, part: bigint, day: Value, call: Call): bigint {
  const [open, openHome] = [openBalance(invoice), openBalance(invoice, true)];
  const magnitude = (amount: bigint): bigint => (amount < 0n ? -amount : amount);
  if (part === 0n || part > 0n !== open > 0n || magnitude(part) > magnitude(open))
    throw new P21Error('business', `The amount is more than the open balance of invoice ${String(invoice.invoice_no)}.`);
  const step = smallest(call.config.homeCurrency);
  const home = part === open ? openHome : ((openHome * part) / open / step) * step;
  const { year, period } = periodOf(day);
  const paid: Row = part === open ? { paid_in_full_flag: 'Y', date_paid: day, period_fully_paid: period, year_fully_paid: year } : {};
  const [amount_paid, amount_paid_home] = [
    amountColumn(amountOf(invoice.amount_paid) + part),
    amountColumn(amountOf(invoice.amount_paid_home) + home),
  ];
  update(tables.invoiceHdr, invoice, { amount_paid, amount_paid_home, ...paid }, call);
  return home;
}

/** Gives a part back to the open balance of a document. */
export function reopen(invoice: Row, part: bigint, home: bigint, call: Call): void {
  const [amount_paid, amount_paid_home] = [
    amountColumn(amountOf(invoice.amount_paid) - part),
    amountColumn(amountOf(invoice.amount_paid_home) - home),
  ];
  const unpaid = { paid_in_full_flag: 'N', date_paid: null, period_fully_paid: null, year_fully_paid: null };
  update(tables.invoiceHdr, invoice, { amount_paid, amount_paid_home, ...unpaid }, call);
}
