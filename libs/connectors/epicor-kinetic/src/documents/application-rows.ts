import type { ErpDocument, ErpLine, ErpReference } from '@tributary/connector-kit';
import { lastRow } from '../kinetic-dataset.js';
import { columnsOf, lineColumnsOf } from '../kinetic-fields.js';
import type { KineticRow } from '../kinetic-json.js';
import { textOf } from '../kinetic-json.js';
import { externalId, plantedKey, postingKeyColumn } from '../kinetic-keys.js';
import type { LinedDocument } from './lines/lined-document.js';

/** The service of applications. */
export const applicationServiceName = 'Erp.BO.ApplyCreditMemoSvc';

/** The one line of an application: it needs no planted key, as no other line is ever added to its header. */
export const applicationLine = { table: 'CashDtl', key: 'application' } as const;

const headOnly: ReadonlySet<string> = new Set(['CMInvoiceNum', 'CashGroupID', 'CashHeadNum', 'InvoiceNum']);

/** What identifies an application. */
export function applicationReference(head: KineticRow): ErpReference {
  return { GroupID: textOf(head.GroupID), HeadNum: textOf(head.HeadNum) };
}

function lineOf({ fields }: ErpDocument): ErpLine {
  return { ...applicationLine, fields: { InvoiceNum: fields.InvoiceNum ?? null, DocTranAmt: fields.DocTranAmt ?? null } };
}

/**
 * Applications: a CashHead of type CMemo whose InvoiceNum is the credit memo, and a CashDtl for the invoice that it pays.
 * Source: docs/reference/epicor-kinetic.md section 6.6. Assumed: HeadNum 0 in a line means the header of the same dataset.
 */
export const applicationRows: LinedDocument = {
  what: 'application',
  businessObject: 'ApplyCreditMemo',
  method: `${applicationServiceName}/Update`,
  headTable: 'CashHead',
  lineTable: 'CashDtl',
  numberColumn: 'InvoiceNum',
  input: (ds) => ({ ds }),
  linesOf: (document) => [lineOf(document)],
  async defaults(_document, groupId, { client }, signal) {
    const input = { ds: {}, inGroupID: groupId, inHeadNum: 0 };
    return lastRow(await client.read(`${applicationServiceName}/GetNewCreditPayment`, { input }, signal), 'CashHead') ?? {};
  },
  headRow: (document, groupId, defaults) => ({
    ...defaults,
    ...columnsOf(document, headOnly),
    GroupID: groupId,
    HeadNum: 0,
    TranType: 'CMemo',
    InvoiceNum: Number(String(document.fields.CMInvoiceNum ?? '0')),
    CheckRef: externalId(document.postingKey),
    ExternalID: externalId(document.postingKey),
    [postingKeyColumn]: plantedKey(document.postingKey),
    RowMod: 'A',
  }),
  lineRow: (document, line, _number, head) => ({
    ...lineColumnsOf(document, line),
    GroupID: textOf(head?.GroupID) || (document.batchId ?? ''),
    HeadNum: Number(textOf(head?.HeadNum) || '0'),
    TranType: 'CMemo',
  }),
  // Kinetic keeps two rows of one application; that of the invoice is negative (section 6.5).
  lineKeyOf: (row) => (textOf(row.DocTranAmt).startsWith('-') ? applicationLine.key : ''),
  load: ({ GroupID = '', HeadNum = '0' }, { client }, signal) =>
    client.read(`${applicationServiceName}/GetByID`, { query: { groupID: GroupID, headNum: HeadNum } }, signal),
  referenceOf: applicationReference,
};
