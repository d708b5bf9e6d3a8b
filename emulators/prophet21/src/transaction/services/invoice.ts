import { P21Error } from '../../answers.js';
import type { Call } from '../../call.js';
import type { DocumentLine, OpenDocument } from '../../ledger/documents.js';
import { atHome, currencyOf, openDocument, postDocument } from '../../ledger/documents.js';
import { amountColumn, amountOf } from '../../ledger/money.js';
import { salesAccounts } from '../../ledger/sources.js';
import { columnsOf, insert } from '../../rows.js';
import type { Row, Value } from '../../store.js';
import { tables } from '../../tables/index.js';
import type { Given, Saved, ServiceDefinition } from '../definition.js';
import { fieldsOf } from '../definition.js';
import { customerOf, dayOf, needed } from './records.js';

const form = 'TABPAGE_1.invoice';
const list = 'TP_LINES.lines';

/** A line of an invoice: what is credited for it. */
export interface InvoiceLine {
  readonly account: Value;
  readonly amount: bigint;
  readonly columns: Row;
}

/** Everything that an invoice is made of. */
export interface InvoiceInput {
  readonly customer: Row;
  readonly day: Value;
  readonly columns: Row;
  readonly lines: readonly InvoiceLine[];
  /** 1 for an invoice; -1 for what reduces the customer's debt by the lines. */
  readonly sign: 1n | -1n;
}

/** Stores an invoice or credit memo with its lines and its entry: receivables against the accounts of the lines. */
export function makeInvoice({ customer, day, columns, lines, sign }: InvoiceInput, call: Call): Row {
  if (lines.length === 0) throw new P21Error('business', 'There are no lines.');
  const currency = currencyOf(customer.currency_id, call);
  const credited = lines.map(({ account, amount }): DocumentLine => {
    const part = -amount * sign;
    return { account, currency, amount: part, home: atHome(part, currency, call) };
  });
  const amount = -credited.reduce((sum, line) => sum + line.amount, 0n);
  const home = -credited.reduce((sum, line) => sum + line.home, 0n);
  if (amount === 0n) throw new P21Error('business', 'The total of the invoice is zero.');
  const document: OpenDocument = { customer, day, currency, amount, home, columns };
  const row = openDocument(document, call);
  const receivable = { account: customer.ar_account_no ?? null, currency, amount, home };
  const source = String(row.invoice_no);
  postDocument({ journal: 'SJ', kind: 'invoice', day, source, text: `Invoice ${source}` }, [receivable, ...credited], call);
  lines.forEach((line, index) => {
    const of = { invoice_no: row.invoice_no ?? null, line_no: index + 1, company_no: customer.company_id ?? null };
    const accountOf = { gl_revenue_account_no: line.account, extended_price: amountColumn(line.amount * sign) };
    insert(tables.invoiceLine, { ...line.columns, ...of, ...accountOf }, call);
  });
  return row;
}

function save(given: Given, call: Call): Saved {
  const head = given.form(form);
  const customer = customerOf(needed(head, 'customer_id'), call);
  const { customer_id: _of, invoice_date, ...rest } = head;
  const lines = given.list(list).map((line): InvoiceLine => {
    const { gl_revenue_account_no: account, ...columns } = line;
    return {
      account: account ?? salesAccounts.revenue,
      amount: amountOf(needed(line, 'extended_price')),
      columns: columnsOf(tables.invoiceLine, columns),
    };
  });
  const columns = { ...columnsOf(tables.invoiceHdr, rest), invoice_type: 'IN' };
  const row = makeInvoice({ customer, day: dayOf(invoice_date, call), columns, lines, sign: 1n }, call);
  return { [form]: { invoice_no: String(row.invoice_no) } };
}

const headFields = ['customer_id', 'invoice_date', 'terms_id', 'po_no', 'external_reference_no', 'invoice_reference_no', 'invoice_desc'];

/**
 * Invoice Entry: the service is listed, no public payload for it exists. Elements and fields, and that a negative line makes a credit, are
 * assumed (docs/reference/prophet21.md section 7.4). Its list has no keys, so each row is one more line.
 */
export const invoiceService: ServiceDefinition = {
  name: 'Invoice',
  elements: [
    {
      name: form,
      type: 'Form',
      keys: [],
      fields: fieldsOf(tables.invoiceHdr, headFields),
    },
    {
      name: list,
      type: 'List',
      keys: [],
      fields: fieldsOf(tables.invoiceLine, ['item_id', 'item_desc', 'gl_revenue_account_no', 'extended_price']),
    },
  ],
  save,
};
