import type { ErpDocument, ErpReference } from '@tributary/connector-kit';
import { lastRow } from '../kinetic-dataset.js';
import { columnsOf, lineColumnsOf } from '../kinetic-fields.js';
import type { KineticRow } from '../kinetic-json.js';
import { textOf } from '../kinetic-json.js';
import { externalId, lineKeyColumn, plantedKey, plantedLineKey, postingKeyColumn } from '../kinetic-keys.js';
import type { LinedDocument } from './lines/lined-document.js';

/** The service of invoices and credit memos. */
export const invoiceServiceName = 'Erp.BO.ARInvoiceSvc';

/** They name the receipt whose customer it is for. */
const searched: ReadonlySet<string> = new Set(['CashGroupID', 'CashHeadNum']);

/** What identifies an invoice. */
export function invoiceReference(head: KineticRow): ErpReference {
  return { GroupID: textOf(head.GroupID), InvoiceNum: textOf(head.InvoiceNum) };
}

const numberOf = (head: KineticRow | undefined): number => Number(textOf(head?.InvoiceNum) || '0');

/**
 * Invoices and credit memos: InvcHead, InvcDtl and, for the account of a line, InvcDtlTGLC. Amounts of a credit memo are entered positive.
 * Source: docs/reference/epicor-kinetic.md sections 6.4 and 6.6. Assumed: InvoiceNum 0 in a line means the header of the same dataset, a line
 *         number that is given is kept, and InvcDtlTGLC chooses the account.
 */
export const invoiceRows: LinedDocument = {
  what: 'invoice',
  businessObject: 'ARInvoice',
  method: `${invoiceServiceName}/UpdateMaster`,
  headTable: 'InvcHead',
  lineTable: 'InvcDtl',
  accountTable: 'InvcDtlTGLC',
  numberColumn: 'InvoiceLine',
  input: (ds, groupId) => ({
    ds,
    cGroupID: groupId,
    cTableName: ds.InvcHead ? 'InvcHead' : ds.InvcDtl ? 'InvcDtl' : 'InvcDtlTGLC',
    suppressUserPrompts: true,
  }),
  async defaults(document, groupId, { client }, signal) {
    const input = { GroupID: groupId, InvoiceType: String(document.fields.InvoiceType ?? 'Mis'), ds: {} };
    return lastRow(await client.read(`${invoiceServiceName}/GetNewInvcHeadType`, { input }, signal), 'InvcHead') ?? {};
  },
  headRow: (document, groupId, defaults) => ({
    ...defaults,
    ...columnsOf(document, searched),
    GroupID: groupId,
    InvoiceNum: 0,
    ExternalID: externalId(document.postingKey),
    [postingKeyColumn]: plantedKey(document.postingKey),
    RowMod: 'A',
  }),
  lineRow: (document, line, number, head) => ({
    ...lineColumnsOf(document, line),
    InvoiceNum: numberOf(head),
    InvoiceLine: number,
    [lineKeyColumn]: plantedLineKey(line.key),
  }),
  accountRow: (document, line, number, head) => ({
    ...lineColumnsOf(document, line),
    InvoiceNum: numberOf(head),
    InvoiceLine: number,
  }),
  load: (reference, { client }, signal) =>
    client.read(`${invoiceServiceName}/GetByID`, { query: { invoiceNum: reference.InvoiceNum ?? '0' } }, signal),
  referenceOf: invoiceReference,
};

/** The group of an invoice: one date. */
export function invoiceBatch({ fields }: ErpDocument): { kind: 'invoice-group'; date: string; partition: string } {
  return { kind: 'invoice-group', date: String(fields.ApplyDate ?? ''), partition: 'AR' };
}
