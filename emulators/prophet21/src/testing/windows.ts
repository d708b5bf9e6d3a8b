import type { Answered, Json, P21Client } from './p21-client.js';

/** Edits of one row. */
export type Edits = Readonly<Record<string, string>>;

/** One element of a transaction: a form or a list by its rows. */
export type ElementInput = readonly [name: string, rows: readonly Edits[], keys?: readonly string[]];

/** Body of `transaction` with one transaction. */
export function transactionBody(name: string, elements: readonly ElementInput[], more: Json = {}): Json {
  const DataElements = elements.map(([Name, rows, Keys = []]) => ({
    Name,
    Type: rows.length === 1 ? 'Form' : 'List',
    Keys,
    Rows: rows.map((edits) => ({ Edits: Object.entries(edits).map(([field, Value]) => ({ Name: field, Value })), RelativeDateEdits: [] })),
  }));
  return { Name: name, UseCodeValues: false, ...more, Transactions: [{ Status: 'New', DataElements }] };
}

/** The windows of the client over the Transaction API. */
export class Windows {
  constructor(private readonly p21: P21Client) {}

  /** Sends one transaction. */
  send(name: string, elements: readonly ElementInput[], more: Json = {}): Promise<Answered> {
    return this.p21.send('POST', '/uiserver0/api/v2/transaction', transactionBody(name, elements, more));
  }

  /** Sends one transaction that has to pass. @returns the values of its first form. */
  async save(name: string, elements: readonly ElementInput[]): Promise<Record<string, string>> {
    const { body } = await this.send(name, elements);
    if (body.Summary?.Succeeded !== 1) throw new Error(JSON.stringify(body));
    const edits = body.Results.Transactions[0].DataElements[0]?.Rows[0]?.Edits as { Name: string; Value: string }[] | undefined;
    return Object.fromEntries((edits ?? []).map(({ Name, Value }) => [Name, Value]));
  }

  /** The message of a transaction that has to fail, with HTTP 200. */
  async refused(name: string, elements: readonly ElementInput[], more: Json = {}): Promise<string> {
    const { status, body } = await this.send(name, elements, more);
    if (status !== 200 || body.Summary.Failed !== 1) throw new Error(JSON.stringify({ status, body }));
    return String(body.Messages[0]);
  }

  receiptOf(edits: Edits, applied: readonly Edits[] = []): ElementInput[] {
    const form = { customer_id: '100101', bank_no: '1', payment_type_id: '2', payment_amount: '100.00', date_received: '2026-11-20' };
    return [
      ['TABPAGE_1.cash_receipts', [{ ...form, ...edits }]],
      ['TP_INVOICES.invoices', applied],
    ];
  }

  /** Enters a cash receipt. @returns its number. */
  async receipt(edits: Edits, applied: readonly Edits[] = []): Promise<string> {
    return (await this.save('CashReceipts', this.receiptOf(edits, applied))).payment_number ?? '';
  }

  invoiceOf(amounts: readonly string[], edits: Edits = {}): ElementInput[] {
    return [
      ['TABPAGE_1.invoice', [{ customer_id: '100101', invoice_date: '2026-11-20', ...edits }]],
      ['TP_LINES.lines', amounts.map((extended_price) => ({ extended_price }))],
    ];
  }

  /** Enters an invoice; amounts below zero make a credit memo. @returns its number. */
  async invoice(amounts: readonly string[], edits: Edits = {}): Promise<string> {
    return (await this.save('Invoice', this.invoiceOf(amounts, edits))).invoice_no ?? '';
  }

  orderOf(items: readonly Edits[], edits: Edits = {}, keys: readonly string[] = []): ElementInput[] {
    const form = {
      customer_id: '100101',
      ship_to_id: '100101',
      source_loc_id: '10',
      order_date: '2026-11-20',
      requested_date: '2026-11-25',
    };
    return [
      ['TABPAGE_1.order', [{ ...form, po_no: 'in_1ABC', ...edits }]],
      ['TP_ITEMS.items', items, keys],
    ];
  }

  /** Enters an order. @returns its number. */
  async order(items: readonly Edits[], edits: Edits = {}, keys: readonly string[] = []): Promise<string> {
    return (await this.save('Order', this.orderOf(items, edits, keys))).order_no ?? '';
  }
}
