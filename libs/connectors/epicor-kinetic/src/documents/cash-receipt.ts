import type { ErpDocument, ErpDocumentState, ErpReference, PostingOutcome } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import type { KineticCall } from '../kinetic-client.js';
import { baqRows } from '../kinetic-client.js';
import { lastRow, odataText, tableRows } from '../kinetic-dataset.js';
import { KineticNotDoneError, KineticSilentError } from '../kinetic-errors.js';
import { columnsOf } from '../kinetic-fields.js';
import { externalId, legibleKey, plantedKey, postingKeyColumn } from '../kinetic-keys.js';
import type { KineticRow } from '../kinetic-json.js';
import { numberToken, textOf } from '../kinetic-json.js';
import { bankReceiptRate } from '../kinetic-rate.js';
import { cashReceiptShape } from '../shapes/cash-receipt.js';
import type { KineticDocumentKind, KineticParts } from './document-kind.js';
import { whole } from './document-kind.js';
import { effectOf } from './ledger-effect.js';
import { marksOfKind } from './own-marks.js';
import { single } from './single.js';

const service = 'Erp.BO.CashRecSvc';
const entitySet = 'CashRecs';
const updateMaster = `${service}/UpdateMaster`;
const columns = [
  'GroupID',
  'HeadNum',
  'CustNum',
  'CheckRef',
  'ExternalID',
  'DocTranAmt',
  'CurrencyCode',
  'BankAcctID',
  'Posted',
  postingKeyColumn,
];
/** Belongs to the group: one bank account per group. */
const groupFields = new Set(['BankAcctID']);

/**
 * A payment on account, entered in the cash group of its bank account and day. The posting key is planted in ExternalID (short) and in
 * StripePostingKey_c (whole): Kinetic itself demands neither to be unique (I3).
 * Source: docs/reference/epicor-kinetic.md sections 4.1 and 6.5 (key of CashHead: Company, GroupID, HeadNum). The settle delay is assumed:
 * section 8 gives no figure.
 */
export const cashReceipt: KineticDocumentKind = {
  kind: 'cash-receipt',
  shape: cashReceiptShape,
  settleMs: 2_000,
  post: postCashReceipt,
  describe: (document) => [describeCashReceipt(document)],
  async find(key, parts, signal) {
    const row = await receiptOf(key, parts, signal);
    return row && whole(receiptReference(row));
  },
  async read(key, parts, signal) {
    const row = await receiptOf(key, parts, signal);
    return row && { ...stateOf(row), ...(await parts.clearing.ofReceipt(row, signal)), ...(await receiptEffect(row, parts, signal)) };
  },
  /** The planted key, or the short reference where the key is blank. */
  marksOf: (key) => [plantedKey(key), externalId(key)],
  list: {
    service,
    entitySet,
    columns: columns.filter((name) => name !== 'CustNum' && name !== 'CheckRef'),
    ours: `ExternalID ne ''`,
    orderBy: 'HeadNum,GroupID',
    after: ([head = '0', group = '']) => `(HeadNum gt ${head} or (HeadNum eq ${head} and GroupID gt ${odataText(group)}))`,
    cursorOf: (row) => [textOf(row.HeadNum), textOf(row.GroupID)],
    documentOf: async (row, parts, signal) => ({
      ...stateOf(row),
      ...(await parts.clearing.ofListed(row, signal)),
      marks: marksOfKind(row, 'cash-receipt'),
      ...legibleKey(row),
    }),
  },
  batch: {
    of: ({ fields }) => ({ kind: 'cash-group', date: String(fields.TranDate ?? ''), partition: String(fields.BankAcctID ?? '') }),
    idOf: (reference) => reference.GroupID,
  },
  dating: { fields: ['TranDate'], note: 'Reference', noteLength: 50 },
};

/**
 * Shape:  1 document -> 1 CashHead row; one write.
 * Units:  DocTranAmt is decimal text in major units of CurrencyCode, sent digit by digit as a JSON number.
 */
async function postCashReceipt(document: ErpDocument, { client }: KineticParts, signal: AbortSignal): Promise<PostingOutcome> {
  const groupId = document.batchId;
  if (!groupId)
    throw new KineticNotDoneError(
      'kinetic.batch-missing',
      `${document.postingKey}: a cash receipt is entered in a group, and none was given`,
    );
  const defaults = lastRow(
    await client.read(`${service}/GetNewCashHeadType`, { input: { ds: {}, groupID: groupId, tranType: tranTypeOf(document) } }, signal),
    'CashHead',
  );
  const answer = await client.write(updateMaster, storedReceipt(document, groupId, defaults ?? {}), signal);
  const stored = tableRows(answer, 'CashHead').find((one) => textOf(one.HeadNum) !== '' && textOf(one.HeadNum) !== '0');
  if (!stored) throw new KineticSilentError(updateMaster, 'write', true, 'answered 200 without the new receipt');
  return { kind: 'posted', reference: receiptReference({ GroupID: groupId, ...stored }) };
}

/** The one call of a receipt that stores. Its row has the server's defaults beside what is described. */
function describeCashReceipt(document: ErpDocument): KineticCall {
  return {
    method: updateMaster,
    input: storedReceipt(document, document.batchId ?? `<${String(document.fields.BankAcctID ?? '')} group of the day>`, {}),
    text: 'enters the receipt; the row also has the defaults that GetNewCashHeadType answers',
  };
}

/** Input of UpdateMaster. @param defaults the row that Kinetic proposes. */
function storedReceipt(document: ErpDocument, groupId: string, defaults: KineticRow): object {
  const row = {
    ...defaults,
    ...columnsOf(document, groupFields),
    ...bankColumns(document),
    GroupID: groupId,
    TranType: tranTypeOf(document),
    ExternalID: externalId(document.postingKey),
    [postingKeyColumn]: plantedKey(document.postingKey),
    RowMod: 'A',
  };
  return { ds: { CashHead: [row] }, ipGroupID: groupId, ipTableName: 'CashHead', updGroupTotals: true, ipIgnoreValidation: 0 };
}

/**
 * The exchange rate of a receipt that its bank account received in another currency, as the ratio of the two amounts (section 6.5).
 * @returns nothing for a receipt that names one amount only.
 */
function bankColumns({ fields, postingKey }: ErpDocument): KineticRow {
  const { BankReceiptAmt: received, DocTranAmt: amount } = fields;
  if (typeof received !== 'string' || typeof amount !== 'string') return {};
  const rate = bankReceiptRate(amount, received);
  if (rate === undefined)
    throw new KineticNotDoneError(
      'kinetic.rate-inexact',
      `${postingKey}: no rate of ten decimals turns ${amount} into ${received}; enter this receipt by hand`,
      'BankReceiptAmt',
    );
  return { BankRcptExchangeRate10D: numberToken(rate) };
}

/** Entries of a receipt in the general ledger, where the configuration asks for those of receipts, too. */
async function receiptEffect(row: KineticRow, parts: KineticParts, signal: AbortSignal): Promise<Pick<ErpDocumentState, 'effect'>> {
  if (parts.config.readEffect !== 'all') return {};
  return effectOf(row.Posted === true ? cashEntries(row) : undefined, parts, signal);
}

/** `$filter` of the entries of a cash head in the general ledger. */
export function cashEntries(row: KineticRow): string {
  return `CRHeadNum eq ${textOf(row.HeadNum)} and GroupID eq ${odataText(textOf(row.GroupID))}`;
}

function tranTypeOf(document: ErpDocument): string {
  return textOf(columnsOf(document, groupFields).TranType) || 'PayInv';
}

/**
 * The receipt of a posting key: by ExternalID, then the whole key is compared.
 * @throws {ErpDuplicateDocumentError} when there are several: nothing in Kinetic prevents that.
 */
async function receiptOf(key: PostingKey, { client, config }: KineticParts, signal: AbortSignal): Promise<KineticRow | undefined> {
  const reference = externalId(key);
  const planted = plantedKey(key);
  const query = { filter: `ExternalID eq ${odataText(reference)}`, select: columns, orderBy: 'GroupID,HeadNum' };
  const rows =
    config.lookup === 'baq'
      ? await baqRows(client, 'StripeCashReceipts', 'CashHead', { ExternalID: reference }, signal)
      : await client.rows(service, entitySet, query, signal);
  // A receipt that was keyed in again by hand with our reference has a blank key. It counts.
  const own = rows.filter((row) => row.ExternalID === reference && ['', planted].includes(textOf(row[postingKeyColumn])));
  return single(own, key, 'cash receipts', (row) => `${textOf(row.GroupID)}/${textOf(row.HeadNum)}`);
}

function stateOf(row: KineticRow): ErpDocumentState {
  return {
    reference: receiptReference(row),
    amount: textOf(row.DocTranAmt),
    currency: textOf(row.CurrencyCode),
    released: row.Posted === true,
  };
}

function receiptReference(row: KineticRow): ErpReference {
  return { GroupID: textOf(row.GroupID), HeadNum: textOf(row.HeadNum) };
}
