import type { ErpDocument, ErpDocumentState, PostingOutcome } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import { baqRows } from '../kinetic-client.js';
import { lastRow, odataText } from '../kinetic-dataset.js';
import { KineticNotDoneError } from '../kinetic-errors.js';
import type { KineticRow } from '../kinetic-json.js';
import { textOf } from '../kinetic-json.js';
import { externalId, legibleKey, plantedKey, postingKeyColumn } from '../kinetic-keys.js';
import { applicationShape } from '../shapes/application.js';
import { applicationLine, applicationReference, applicationRows, applicationServiceName } from './application-rows.js';
import { cashEntries } from './cash-receipt.js';
import type { KineticDocumentKind, KineticParts } from './document-kind.js';
import { effectOf } from './ledger-effect.js';
import { describeLined } from './lines/describe-lines.js';
import { discardLined, foundLined } from './lines/find-lined.js';
import { enterLined, finishLined } from './lines/write-lines.js';
import { marksOfKind } from './own-marks.js';
import { single } from './single.js';

const columns = ['GroupID', 'HeadNum', 'ExternalID', 'DocTranAmt', 'CurrencyCode', 'Posted', postingKeyColumn];

/**
 * A part of a credit memo, or of the remainder of a receipt, that pays an invoice; in a cash group of its day and currency without a bank account.
 * Source: docs/reference/epicor-kinetic.md section 6.6. The settle delay is assumed: section 8 gives no figure.
 */
export const application: KineticDocumentKind = {
  kind: 'application',
  shape: applicationShape,
  settleMs: 2_000,
  async post(document, parts, signal) {
    const memo = await memoOf(document, parts, signal);
    if ('kind' in memo) return memo;
    const whole = { ...document, fields: { ...document.fields, CMInvoiceNum: memo.number } };
    return document.known ? finishLined(whole, applicationRows, parts, signal) : enterLined(whole, applicationRows, parts, signal);
  },
  describe: (document, config) => describeLined(document, applicationRows, config, '<application group of the day>'),
  find: async (key, parts, signal) =>
    foundLined(await applicationOf(key, parts, signal), applicationRows, [applicationLine], parts, signal),
  async discard(key, parts, signal) {
    const method = `${applicationServiceName}/DeleteCashDetails`;
    const remove = (head: KineticRow) => parts.client.write(method, { ipHeadNum: Number(textOf(head.HeadNum)) }, signal);
    return discardLined(await applicationOf(key, parts, signal), applicationRows, remove);
  },
  async read(key, parts, signal) {
    const row = await applicationOf(key, parts, signal);
    return row && { ...stateOf(row), ...(await effectOf(row.Posted === true ? cashEntries(row) : undefined, parts, signal)) };
  },
  marksOf: (key) => [plantedKey(key), externalId(key)],
  list: {
    service: applicationServiceName,
    entitySet: 'ApplyCreditMemoes',
    columns,
    ours: `ExternalID ne ''`,
    orderBy: 'HeadNum,GroupID',
    after: ([head = '0', group = '']) => `(HeadNum gt ${head} or (HeadNum eq ${head} and GroupID gt ${odataText(group)}))`,
    cursorOf: (row) => [textOf(row.HeadNum), textOf(row.GroupID)],
    documentOf: (row) => Promise.resolve({ ...stateOf(row), marks: marksOfKind(row, 'application'), ...legibleKey(row) }),
  },
  batch: {
    of: ({ fields }) => ({ kind: 'application-group', date: String(fields.TranDate ?? ''), partition: String(fields.CurrencyCode ?? '') }),
    idOf: (reference) => reference.GroupID,
  },
  dating: { fields: ['TranDate'], note: 'Reference', noteLength: 50 },
};

/**
 * The credit memo that is applied: the one that is named, or the one that posting a receipt has made of its remainder (section 6.5).
 * @returns `conflict` for a receipt that is not posted yet; `rejected` for one that left no remainder.
 */
async function memoOf(
  { fields, postingKey }: ErpDocument,
  { client }: KineticParts,
  signal: AbortSignal,
): Promise<{ readonly number: string } | PostingOutcome> {
  if (fields.CMInvoiceNum !== undefined && fields.CMInvoiceNum !== null) return { number: String(fields.CMInvoiceNum) };
  const [groupID, headNum] = [String(fields.CashGroupID ?? ''), String(fields.CashHeadNum ?? '')];
  if (groupID === '' || headNum === '')
    throw new KineticNotDoneError(
      'kinetic.application-source-missing',
      `${postingKey}: an application needs CMInvoiceNum, or CashGroupID and CashHeadNum`,
      'CMInvoiceNum',
    );
  const head = lastRow(await client.read('Erp.BO.CashRecSvc/GetByID', { query: { groupID, headNum } }, signal), 'CashHead');
  if (head?.Posted !== true) return { kind: 'conflict', text: `${postingKey}: receipt ${groupID}/${headNum} is not posted` };
  const number = textOf(head.CreditMemoNum);
  if (!/[1-9]/.test(number))
    return {
      kind: 'rejected',
      code: 'kinetic.no-remainder',
      field: 'CashHeadNum',
      text: `receipt ${groupID}/${headNum} left no remainder`,
    };
  return { number };
}

/** The application of a posting key. @throws {ErpDuplicateDocumentError} when there are several. */
async function applicationOf(key: PostingKey, { client, config }: KineticParts, signal: AbortSignal): Promise<KineticRow | undefined> {
  const reference = externalId(key);
  const query = { filter: `ExternalID eq ${odataText(reference)}`, select: columns, orderBy: 'GroupID,HeadNum' };
  const rows =
    config.lookup === 'baq'
      ? await baqRows(client, 'StripeCashReceipts', 'CashHead', { ExternalID: reference }, signal)
      : await client.rows(applicationServiceName, 'ApplyCreditMemoes', query, signal);
  const own = rows.filter((row) => row.ExternalID === reference && ['', plantedKey(key)].includes(textOf(row[postingKeyColumn])));
  return single(own, key, 'applications', (row) => `${textOf(row.GroupID)}/${textOf(row.HeadNum)}`);
}

function stateOf(row: KineticRow): ErpDocumentState {
  return {
    reference: applicationReference(row),
    amount: textOf(row.DocTranAmt),
    currency: textOf(row.CurrencyCode),
    released: row.Posted === true,
  };
}
