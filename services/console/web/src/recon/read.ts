import type { ReconShapes } from '../api/documents.js';
import type { Sent } from '../api/sent.js';
import { readDocument } from './read-document.js';
import { readMoney, readStatus } from './read-story.js';
import {
  isThere,
  readAmount,
  readAmounts,
  readCount,
  readEntries,
  readerOf,
  readFlag,
  readList,
  readMaybe,
  readNamedTexts,
  readNumber,
  readRecord,
  readText,
  readWord,
} from './read-value.js';

/**
 * Reads what recon answered into the shapes of the page. Every function takes whatever came and returns a whole value: a field that is missing or
 * has another type becomes null, empty or a marked text. Nothing here throws, so that one odd row is one odd row. The types of shapes.ts are what
 * these functions return.
 */

/** How many, and how much per currency. `count` null: not told. */
export const readSum = readerOf<ReconShapes['SumView']>()({ count: readCount, amounts: readAmounts });

function readNamedCounts(value: Sent<Readonly<Record<string, number>>>) {
  return readEntries(value).map(([name, count]) => ({ name, count: readCount(count) }));
}

/** Events by what became of them (I2). `accepted` counts deliveries, and is the sum of the five others. */
export const readCounts = readerOf<ReconShapes['Counts']>()({
  accepted: readNumber,
  inFlight: readNumber,
  posted: readNumber,
  ignored: readNumber,
  held: readNumber,
  deadLettered: readNumber,
  ignoredBy: readNamedCounts,
  heldBy: readNamedCounts,
  deadLetteredBy: readNamedCounts,
});

const readStage = readerOf<ReconShapes['StageView']>()({ name: readWord, total: readCount, perMinute: readCount, lag: readCount });

function readOpenItem(value: Sent<ReconShapes['OpenItem']>) {
  const { what, list } = readRecord(value);
  return { what: readText(what) ?? 'something that has no name', sum: readSum(value), list: readText(list) };
}

const readSums = (value: Sent<Readonly<Record<string, ReconShapes['SumView']>>>) =>
  new Map(readEntries(value).map(([name, sum]) => [name, readSum(sum)]));

const readWritten = readerOf<ReconShapes['Written']>()({ documents: readCount, metadata: readCount });

const readOverviewFields = readerOf<ReconShapes['Overview']>()({
  asOf: readText,
  allClear: readFlag,
  open: (value) => readList(value, readOpenItem),
  standings: readSums,
  reconciliation: readSums,
  moneyAtRisk: (value) => ({ ...readSum(value), waitingBehind: readSum(readRecord(value).waitingBehind) }),
  written: (value) => readEntries(value).map(([target, figures]) => ({ target, ...readWritten(figures) })),
});

/** Where every captured payment stands, and what is open; null for an answer without it: an older recon. */
export function readOverview(value: Sent<ReconShapes['Overview']>) {
  return isThere(value) ? readOverviewFields(value) : null;
}

/** Stripe's balance transaction: what was charged, what Stripe kept, what reaches the account, in the currency of settlement. */
const readSettlement = readerOf<ReconShapes['SettlementView']>()({ gross: readAmount, fee: readAmount, net: readAmount });

const readNews = readerOf<ReconShapes['NewsView']>()({
  at: readText,
  kind: (value) => readText(value) ?? 'unknown',
  amount: readAmount,
  title: (value) => readText(value) ?? 'Something happened after it was booked',
  text: readText,
  eventId: readText,
});

/** A payment as far as anything is known of it. One that could not be read has neither amount nor charge. */
export const readPayment = readerOf<ReconShapes['PaymentView']>()({
  chargeId: readText,
  paymentId: readText,
  eventId: readText,
  part: readText,
  customerId: readText,
  customerName: readText,
  amount: readAmount,
  receivedAt: readText,
  stage: readText,
  state: readText,
  reason: readText,
  standing: readText,
  standingReason: readText,
  reconciliation: readText,
  reconciliationBasis: readText,
  reconciliationText: readText,
  ledgerAmount: readAmount,
  reference: readNamedTexts,
  settlement: (value) => readMaybe(value, readSettlement),
  news: (value) => readList(value, readNews),
  masked: (value) => readList(value, (path) => readText(path) ?? '(a field without a name)'),
});

/** What stands behind a step, by kind and id; null where nothing more is known, and in answers of an older recon. */
function readEvidence(value: Sent<ReconShapes['StepEvidence'] | null>) {
  const { kind, id } = readRecord(value);
  const known = readText(id);
  return known === null ? null : { kind: readText(kind) ?? 'unknown', id: known };
}

const readStep = readerOf<ReconShapes['StepView']>()({
  at: readText,
  stage: (value) => readText(value) ?? 'unknown',
  title: (value) => readText(value) ?? 'A step without a title',
  ids: readNamedTexts,
  text: readText,
  evidence: readEvidence,
});

/** One payment with its steps, and every capture of the same charge. Status and money are null, documents empty, in answers of an older recon. */
export const readTrace = readerOf<ReconShapes['PaymentDetail']>()({
  payment: readPayment,
  status: readStatus,
  money: readMoney,
  account: readText,
  steps: (value) => readList(value, readStep),
  captures: (value) => readList(value, readPayment),
  documents: (value) => readList(value, readDocument),
});

/** One page of a list: its rows, and the cursors of the pages around it. */
export interface ListPage<T> {
  readonly rows: readonly T[];
  readonly next: string | null;
  readonly previous: string | null;
}

interface Neighbours {
  readonly next: string | null;
  readonly previous: string | null;
}
type RowOf<List> = List extends readonly (infer Row)[] ? Row : never;

/** A page of a list as recon sends every one of them. @param name of the field with its rows. @param read makes a row of whatever came. */
export function readPage<Page extends Neighbours, Name extends keyof Page, T>(
  value: Sent<Page>,
  name: Name,
  read: (row: Sent<RowOf<Page[Name]>>) => T,
): ListPage<T> {
  const { next, previous } = readRecord<Neighbours>(value);
  const { [name]: rows } = readRecord(value) as unknown as Readonly<Record<Name, Sent<readonly RowOf<Page[Name]>[]>>>;
  return { rows: readList(rows, read), next: readText(next), previous: readText(previous) };
}

/** A page of the list of payments. */
export function readPaymentPage(value: Sent<ReconShapes['PaymentsPage']>) {
  return readPage(value, 'payments', readPayment);
}

/** The figures of the overview and the newest payments, as the live stream sends them. Older answers have no sums. */
export function readSnapshot(value: Sent<ReconShapes['FeedSnapshot']>) {
  const { counts, stages, reconciliation, overview, payments } = readRecord(value);
  return {
    asOf: readText(readRecord(stages).asOf),
    counts: readCounts(counts),
    stages: readList(readRecord(stages).stages, readStage),
    reconciliation: readNamedCounts(reconciliation),
    overview: readOverview(overview),
    payments: readList(payments, readPayment),
  };
}
