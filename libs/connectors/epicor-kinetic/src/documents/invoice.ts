import type { ErpDocument, ErpDocumentState, PostingOutcome } from '@tributary/connector-kit';
import type { ErpDocumentShape } from '@tributary/contracts';
import type { PostingKey } from '@tributary/domain';
import { baqRows } from '../kinetic-client.js';
import { lastRow, odataText } from '../kinetic-dataset.js';
import type { KineticRow } from '../kinetic-json.js';
import { textOf } from '../kinetic-json.js';
import { externalId, legibleKey, plantedKey, postingKeyColumn } from '../kinetic-keys.js';
import { creditMemoShape, invoiceShape, refundPaymentShape } from '../shapes/invoice.js';
import type { KineticDocumentKind, KineticParts } from './document-kind.js';
import { invoiceBatch, invoiceReference, invoiceRows, invoiceServiceName } from './invoice-rows.js';
import { effectOf } from './ledger-effect.js';
import { describeLined } from './lines/describe-lines.js';
import { discardLined, foundLined } from './lines/find-lined.js';
import { enterLined, finishLined } from './lines/write-lines.js';
import { marksOfKind } from './own-marks.js';
import { single } from './single.js';

const columns = ['InvoiceNum', 'GroupID', 'ExternalID', 'DocInvoiceAmt', 'CurrencyCode', 'Posted', postingKeyColumn];

/**
 * A kind of document that Kinetic keeps as an invoice, entered in the invoice group of its day. The posting key is planted in ExternalID (short)
 * and in StripePostingKey_c (whole), the key of each line in StripeLineKey_c: Kinetic demands none of them to be unique (I3).
 * Source: docs/reference/epicor-kinetic.md sections 6.4 and 6.6. The settle delay is assumed: section 8 gives no figure.
 */
function keptAsInvoice(kind: string, shape: ErpDocumentShape): KineticDocumentKind {
  return {
    kind,
    shape,
    settleMs: 2_000,
    async post(document, parts, signal) {
      if (document.known) return finishLined(document, invoiceRows, parts, signal);
      const customer = await customerOf(document, parts, signal);
      if ('kind' in customer) return customer;
      return enterLined({ ...document, fields: { ...document.fields, ...customer } }, invoiceRows, parts, signal);
    },
    describe: (document, config) => describeLined(document, invoiceRows, config, '<invoice group of the day>'),
    find: async (key, parts, signal, expected) => foundLined(await invoiceOf(key, parts, signal), invoiceRows, expected, parts, signal),
    async discard(key, parts, signal) {
      const method = `${invoiceServiceName}/DeleteByID`;
      const remove = (head: KineticRow) => parts.client.write(method, { invoiceNum: Number(textOf(head.InvoiceNum)) }, signal);
      return discardLined(await invoiceOf(key, parts, signal), invoiceRows, remove);
    },
    async read(key, parts, signal) {
      const row = await invoiceOf(key, parts, signal);
      return row && { ...stateOf(row), ...(await effectOf(await entryFilter(row, parts, signal), parts, signal)) };
    },
    marksOf: (key) => [plantedKey(key), externalId(key)],
    list: {
      service: invoiceServiceName,
      entitySet: 'ARInvoices',
      columns,
      ours: `ExternalID ne ''`,
      orderBy: 'InvoiceNum',
      after: ([number = '0']) => `InvoiceNum gt ${number}`,
      cursorOf: (row) => [textOf(row.InvoiceNum)],
      documentOf: (row) => Promise.resolve({ ...stateOf(row), marks: marksOfKind(row, kind), ...legibleKey(row) }),
    },
    batch: { of: invoiceBatch, idOf: (reference) => reference.GroupID },
    dating: { fields: ['ApplyDate', 'InvoiceDate'], note: 'InvoiceComment', noteLength: 1_000 },
  };
}

/** What was sold. */
export const invoice = keptAsInvoice('invoice', invoiceShape);
/** What is taken off the account of a customer. */
export const creditMemo = keptAsInvoice('credit-memo', creditMemoShape);
/** Money that left the clearing account for a customer. */
export const refundPayment = keptAsInvoice('refund-payment', refundPaymentShape);

/**
 * The customer of the document: the one that it names, or that of the receipt that it names.
 * @returns nothing to add for a document with CustNum; `conflict` for a receipt that is not there.
 */
async function customerOf(
  { fields, postingKey }: ErpDocument,
  { client }: KineticParts,
  signal: AbortSignal,
): Promise<{ readonly CustNum?: string } | PostingOutcome> {
  const [groupID, headNum] = [String(fields.CashGroupID ?? ''), String(fields.CashHeadNum ?? '')];
  if ((fields.CustNum ?? null) !== null || groupID === '' || headNum === '') return {};
  const head = lastRow(await client.read('Erp.BO.CashRecSvc/GetByID', { query: { groupID, headNum } }, signal), 'CashHead');
  if (!head) return { kind: 'conflict', text: `${postingKey}: receipt ${groupID}/${headNum}, whose customer it is for, is not in Kinetic` };
  return { CustNum: textOf(head.CustNum) };
}

/** The invoice of a posting key. @throws {ErpDuplicateDocumentError} when there are several. */
async function invoiceOf(key: PostingKey, { client, config }: KineticParts, signal: AbortSignal): Promise<KineticRow | undefined> {
  const reference = externalId(key);
  const query = { filter: `ExternalID eq ${odataText(reference)}`, select: columns, orderBy: 'InvoiceNum' };
  const rows =
    config.lookup === 'baq'
      ? await baqRows(client, 'StripeInvoices', 'InvcHead', { ExternalID: reference }, signal)
      : await client.rows(invoiceServiceName, 'ARInvoices', query, signal);
  // One that was keyed in again by hand with our reference has a blank key. It counts.
  const own = rows.filter((row) => row.ExternalID === reference && ['', plantedKey(key)].includes(textOf(row[postingKeyColumn])));
  return single(own, key, 'invoices', (row) => textOf(row.InvoiceNum));
}

/** Amounts of credit memos carry a negative sign (section 6.4); the amount of a document has none. */
function stateOf(row: KineticRow): ErpDocumentState {
  return {
    reference: invoiceReference(row),
    amount: textOf(row.DocInvoiceAmt).replace(/^-/, ''),
    currency: textOf(row.CurrencyCode),
    released: row.Posted === true,
  };
}

/** The journal that posting the invoice has made: JournalCode and JournalNum of InvcHead. */
async function entryFilter(row: KineticRow, parts: KineticParts, signal: AbortSignal): Promise<string | undefined> {
  if (row.Posted !== true || parts.config.readEffect === 'none') return undefined;
  const head = lastRow(await invoiceRows.load(invoiceReference(row), parts, signal), 'InvcHead');
  if (!head) return undefined;
  const { FiscalYear, JournalCode, JournalNum } = head;
  return `FiscalYear eq ${textOf(FiscalYear)} and JournalCode eq ${odataText(textOf(JournalCode))} and JournalNum eq ${textOf(JournalNum)}`;
}
