import { P21Error } from '../../answers.js';
import type { Call } from '../../call.js';
import { amount as amountField, datetime, id, text } from '../../columns.js';
import type { EmulatorConfig } from '../../emulator.config.js';
import { homeCurrencyId } from '../../ledger/currencies.js';
import type { DocumentLine } from '../../ledger/documents.js';
import { atHome, currencyOf, openDocument, postDocument, settle } from '../../ledger/documents.js';
import { amountColumn, amountOf } from '../../ledger/money.js';
import { periodOf } from '../../ledger/periods.js';
import { fxAccounts } from '../../ledger/sources.js';
import { columnsOf, insert } from '../../rows.js';
import type { Row, Value } from '../../store.js';
import { tables } from '../../tables/index.js';
import type { Given, Saved, ServiceDefinition } from '../definition.js';
import { fieldsOf } from '../definition.js';
import { customerOf, dayOf, needed } from './records.js';

const firstPaymentNumber = 70_001;
const firstReceiptNumber = 90_001;

/** Everything that a receipt is made of. */
interface Receipt {
  readonly number: number;
  readonly customer: Row;
  readonly bank: Row;
  readonly day: Value;
  readonly amount: bigint;
  readonly text: string;
}

function receiptOf(form: Readonly<Record<string, string>>, call: Call): Receipt {
  const bank = call.transaction.row('bank', needed(form, 'bank_no'));
  if (!bank) throw new P21Error('business', `Bank number ${form.bank_no ?? ''} is not valid.`);
  needed(form, 'payment_type_id');
  const amount = amountOf(needed(form, 'payment_amount'));
  if (amount <= 0n) throw new P21Error('business', 'Payment amount must be more than zero.');
  const customer = customerOf(needed(form, 'customer_id'), call);
  const number = form.payment_number ? Number(form.payment_number) : call.transaction.next('payment_number', firstPaymentNumber);
  if (call.transaction.row('ar_payment_details', String(number)))
    throw new P21Error('business', `Payment number ${number} already exists and is approved.`);
  return { number, customer, bank, day: dayOf(form.date_received, call), amount, text: form.payment_desc ?? '' };
}

/**
 * A cash receipt, approved when it is saved: the bank account gets the amount, each invoice is relieved of what is applied to it, and the rest
 * stays on the customer's account as a document below zero. Exchange differences go to their accounts.
 * Source: docs/reference/prophet21.md sections 7.5 and 14; service, elements and all of this behaviour are assumed there.
 */
function save(names: { readonly form: string; readonly list: string }, given: Given, call: Call): Saved {
  const receipt = receiptOf(given.form(names.form), call);
  const { number, bank, day, amount, customer } = receipt;
  const currency = currencyOf(bank.currency_id, call);
  const receiptNumber = call.transaction.next('receipt_number', firstReceiptNumber);
  const applied = given.list(names.list).map((row) => applyTo(row, receipt, receiptNumber, call));
  const rest = applied.reduce((left, one) => left + one.amount, amount);
  if (rest < 0n) throw new P21Error('business', 'More is applied than the payment amount.');
  const receivable = (part: bigint, home: bigint): DocumentLine => ({
    account: customer.ar_account_no ?? null,
    currency,
    amount: part,
    home,
  });
  const bankHome = atHome(amount, currency, call);
  const restHome = applied.length === 0 ? bankHome : atHome(rest, currency, call);
  const lines = [{ account: bank.gl_account_no ?? null, currency, amount, home: bankHome }, ...applied, receivable(-rest, -restHome)];
  const source = String(number);
  postDocument({ journal: 'CR', kind: 'receipt', day, source, text: receipt.text }, [...lines, ...difference(lines, call)], call);
  if (rest > 0n) {
    const columns = { invoice_type: 'UC', external_reference_no: source, invoice_desc: receipt.text };
    openDocument({ customer, day, currency, amount: -rest, home: -restHome, columns }, call);
  }
  storePayment(receipt, receiptNumber, given.form(names.form), call);
  return { [names.form]: { payment_number: source, receipt_number: String(receiptNumber) } };
}

function applyTo(row: Readonly<Record<string, string>>, { customer, day, bank }: Receipt, receiptNumber: number, call: Call): DocumentLine {
  const invoice = call.transaction.row('invoice_hdr', needed(row, 'invoice_no'));
  if (!invoice || invoice.customer_id_number !== customer.customer_id || invoice.currency_id !== bank.currency_id)
    throw new P21Error('business', `Invoice ${row.invoice_no ?? ''} is not valid for this customer and currency.`);
  const part = amountOf(needed(row, 'amount_applied'));
  const home = settle(invoice, part, day, call);
  const detail = { receipt_number: receiptNumber, invoice_no: invoice.invoice_no ?? null, customer_id: customer.customer_id ?? null };
  insert(
    tables.arReceiptsDetail,
    { ...detail, company_id: customer.company_id ?? null, payment_amount: amountColumn(part), relieved_home: amountColumn(home) },
    call,
  );
  return { account: invoice.ar_account_no ?? null, currency: currencyOf(invoice.currency_id, call), amount: -part, home: -home };
}

function difference(lines: readonly DocumentLine[], call: Call): DocumentLine[] {
  const sum = lines.reduce((all, { home }) => all + home, 0n);
  const currency = currencyOf(homeCurrencyId(call), call);
  return sum === 0n ? [] : [{ account: sum > 0n ? fxAccounts.gain : fxAccounts.loss, currency, amount: -sum, home: -sum }];
}

function storePayment(receipt: Receipt, receiptNumber: number, form: Readonly<Record<string, string>>, call: Call): void {
  const { number, customer, bank, day, amount } = receipt;
  const { year, period } = periodOf(day);
  const { payment_type_id, payment_desc, check_number, deposit_number, payment_account_id } = form;
  const texts = { payment_type_id, payment_desc, check_number, deposit_number, payment_account_id };
  const own = { payment_number: number, payment_date: day, payment_amount: amountColumn(amount), period, year_for_period: year };
  const payment = { ...columnsOf(tables.arPaymentDetails, texts), ...own, multi_currency_id: bank.currency_id ?? null };
  insert(tables.arPaymentDetails, payment, call);
  const accounts = {
    bank_no: bank.bank_no ?? null,
    gl_bank_account_no: bank.gl_account_no ?? null,
    ar_account_no: customer.ar_account_no ?? null,
  };
  const of = { receipt_number: receiptNumber, payment_number: number, company_id: customer.company_id ?? null };
  insert(tables.arReceipts, { ...of, remitter_id: customer.customer_id ?? null, date_received: day, ...accounts }, call);
}

/** The service for cash receipts, by the names that the site has for it (section 7.5, assumed there). */
export function cashService({ cashService: of }: EmulatorConfig): ServiceDefinition | undefined {
  if (!of) return undefined;
  const texts = [
    'payment_type_id',
    'payment_number',
    'payment_amount',
    'payment_desc',
    'check_number',
    'deposit_number',
    'payment_account_id',
  ];
  const fields = { customer_id: id, bank_no: id, ...fieldsOf(tables.arPaymentDetails, texts), date_received: datetime };
  return {
    name: of.name,
    elements: [
      { name: of.form, type: 'Form', keys: ['payment_number'], fields },
      { name: of.list, type: 'List', keys: ['invoice_no'], fields: { invoice_no: text(10), amount_applied: amountField } },
    ],
    save: (given, call) => save(of, given, call),
  };
}
