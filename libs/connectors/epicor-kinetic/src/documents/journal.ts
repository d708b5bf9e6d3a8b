import type { ErpDocumentState, ErpPage } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import { baqRows } from '../kinetic-client.js';
import { odataText } from '../kinetic-dataset.js';
import type { KineticRow } from '../kinetic-json.js';
import { textOf } from '../kinetic-json.js';
import { legibleKey, plantedKey, postingKeyColumn } from '../kinetic-keys.js';
import { journalShape } from '../shapes/journal.js';
import { bankTransferShape } from '../shapes/bank-transfer.js';
import { describeTransfer, listedTransfers, postTransfer, readTransfer, transferOf, transferReference } from './bank-transfer.js';
import type { KineticDocumentKind, KineticListing, KineticParts } from './document-kind.js';
import { listPage, whole } from './document-kind.js';
import { journalBatch, journalKey, journalReference, journalRows, journalServiceName } from './journal-rows.js';
import { effectOf } from './ledger-effect.js';
import { describeLined } from './lines/describe-lines.js';
import { discardLined, foundLined } from './lines/find-lined.js';
import { enterLined, finishLined } from './lines/write-lines.js';
import { marksOfKind } from './own-marks.js';
import { single } from './single.js';

const columns = [
  'BookID',
  'FiscalYear',
  'FiscalYearSuffix',
  'JournalCode',
  'JournalNum',
  'FiscalCalendarID',
  'GroupID',
  'TotDebit',
  'CurrencyCode',
  'Posted',
  postingKeyColumn,
];

const isTransfer = ({ shape }: { readonly shape: string }): boolean => shape === bankTransferShape.name;

/**
 * An entry in the general ledger: a journal in the journal group of its day and currency, or a transfer between bank accounts, which is in the
 * ledger as soon as it is saved. A posting key does not tell which, so both are looked for.
 * Source: docs/reference/epicor-kinetic.md sections 6.7 and 6.8. The settle delay is assumed: section 8 gives no figure.
 */
export const journal: KineticDocumentKind = {
  kind: 'journal',
  shape: journalShape,
  settleMs: 2_000,
  post(document, parts, signal) {
    if (isTransfer(document)) return postTransfer(document, parts, signal);
    return document.known ? finishLined(document, journalRows, parts, signal) : enterLined(document, journalRows, parts, signal);
  },
  describe: (document, config) =>
    isTransfer(document) ? [describeTransfer(document)] : describeLined(document, journalRows, config, '<journal group of the day>'),
  async find(key, parts, signal, expected) {
    const head = await journalOf(key, parts, signal);
    if (head) return foundLined(head, journalRows, expected, parts, signal);
    const transfer = await transferOf(key, parts, signal);
    return transfer && whole(transferReference(transfer));
  },
  async discard(key, parts, signal) {
    const head = await journalOf(key, parts, signal);
    if (!head && (await transferOf(key, parts, signal)))
      return { kind: 'rejected', code: 'kinetic.released', text: 'a bank transfer is in the ledger and cannot be deleted' };
    const { fiscalYear, journalNum, ...names } = journalKey(head ? journalReference(head) : {});
    const input = { ...names, fiscalYear: Number(fiscalYear), journalNum: Number(journalNum) };
    return discardLined(head, journalRows, () => parts.client.write(`${journalServiceName}/DeleteByID`, input, signal));
  },
  async read(key, parts, signal) {
    const row = await journalOf(key, parts, signal);
    if (!row) return readTransfer(key, parts, signal);
    return { ...stateOf(row), ...(await effectOf(row.Posted === true ? entries(row) : undefined, parts, signal)) };
  },
  marksOf: (key) => [plantedKey(key)],
  list: listing(),
  page: pageOfJournals,
  batch: {
    of: (document) => (isTransfer(document) ? undefined : journalBatch(document)),
    idOf: (reference) => reference.GroupID,
  },
  dating: { fields: ['JEDate', 'TranDate'], note: 'CommentText', noteLength: 1_000 },
};

function listing(): KineticListing {
  return {
    service: journalServiceName,
    entitySet: 'GLJournalEntries',
    columns,
    ours: `${postingKeyColumn} ne ''`,
    orderBy: 'JournalNum,FiscalYear,JournalCode',
    after: ([number = '0', year = '0', code = '']) =>
      `(JournalNum gt ${number} or (JournalNum eq ${number} and (FiscalYear gt ${year} or (FiscalYear eq ${year} and JournalCode gt ${odataText(code)}))))`,
    cursorOf: (row) => [textOf(row.JournalNum), textOf(row.FiscalYear), textOf(row.JournalCode)],
    documentOf: (row) => Promise.resolve({ ...stateOf(row), marks: marksOfKind(row, 'journal'), ...legibleKey(row) }),
  };
}

/** The cursor of the page of transfers, which comes after the last one of journals. */
const transfersPage = 'transfers';

async function pageOfJournals(after: string | undefined, parts: KineticParts, signal: AbortSignal): Promise<ErpPage> {
  if (after === transfersPage) return { documents: await listedTransfers(parts, signal), next: undefined };
  const page = await listPage(journal, after, parts, signal);
  return { ...page, next: page.next ?? transfersPage };
}

/** The journal of a posting key. @throws {ErpDuplicateDocumentError} when there are several. */
async function journalOf(key: PostingKey, { client, config }: KineticParts, signal: AbortSignal): Promise<KineticRow | undefined> {
  const planted = plantedKey(key);
  const query = { filter: `${postingKeyColumn} eq ${odataText(planted)}`, select: columns, orderBy: 'JournalNum,FiscalYear,JournalCode' };
  const rows =
    config.lookup === 'baq'
      ? await baqRows(client, 'StripeJournals', 'GLJrnHed', { StripePostingKey: planted }, signal)
      : await client.rows(journalServiceName, 'GLJournalEntries', query, signal);
  const own = rows.filter((row) => textOf(row[postingKeyColumn]) === planted);
  return single(own, key, 'journals', (row) => `${textOf(row.FiscalYear)}/${textOf(row.JournalCode)}/${textOf(row.JournalNum)}`);
}

function stateOf(row: KineticRow): ErpDocumentState {
  return {
    reference: journalReference(row),
    amount: textOf(row.TotDebit),
    currency: textOf(row.CurrencyCode),
    released: row.Posted === true,
  };
}

/** A journal has the same number in the general ledger (assumed). */
function entries(row: KineticRow): string {
  const { FiscalYear, JournalCode, JournalNum } = row;
  return `FiscalYear eq ${textOf(FiscalYear)} and JournalCode eq ${odataText(textOf(JournalCode))} and JournalNum eq ${textOf(JournalNum)}`;
}
