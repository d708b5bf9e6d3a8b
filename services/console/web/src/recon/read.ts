import type { PageField, ReconShapes } from './api-shapes.js';
import { readDocument } from './read-document.js';
import { readMoney, readStatus } from './read-story.js';
import { readAmount, readCount, readEntries, readList, readNamedTexts, readRecord, readText } from './read-value.js';
import type {
  Amount,
  Counts,
  NamedCount,
  OpenItem,
  Overview,
  Payment,
  PaymentNews,
  Settlement,
  Snapshot,
  Stage,
  Step,
  Sum,
  Trace,
} from './shapes.js';

/**
 * Reads what recon answered into the shapes of the page. Every function takes anything and returns a whole value: a field that
 * is missing or has another type becomes null, empty or a marked text. Nothing here throws, so that one odd row is one odd row.
 */

function readAmounts(value: unknown): Amount[] {
  return readList(value, readAmount).filter((amount) => amount !== null);
}

export function readSum(value: unknown): Sum {
  const { count, amounts } = readRecord<ReconShapes['SumView']>(value);
  return { count: readCount(count), amounts: readAmounts(amounts) };
}

function readNamedCounts(value: unknown): NamedCount[] {
  return readEntries(value).map(([name, count]) => ({ name, count: readCount(count) }));
}

export function readCounts(value: unknown): Counts {
  const counts = readRecord<ReconShapes['Counts']>(value);
  const number = (name: keyof ReconShapes['Counts']): number => readCount(counts[name]) ?? 0;
  return {
    accepted: number('accepted'),
    inFlight: number('inFlight'),
    posted: number('posted'),
    ignored: number('ignored'),
    held: number('held'),
    deadLettered: number('deadLettered'),
    ignoredBy: readNamedCounts(counts.ignoredBy),
    heldBy: readNamedCounts(counts.heldBy),
    deadLetteredBy: readNamedCounts(counts.deadLetteredBy),
  };
}

function readStage(value: unknown): Stage {
  const { name, total, perMinute, lag } = readRecord<ReconShapes['StageView']>(value);
  return { name: readText(name) ?? '', total: readCount(total), perMinute: readCount(perMinute), lag: readCount(lag) };
}

function readOpenItem(value: unknown): OpenItem {
  const { what, list } = readRecord<ReconShapes['OpenItem']>(value);
  return { what: readText(what) ?? 'something that has no name', sum: readSum(value), list: readText(list) };
}

/** Null for an answer without an overview: an older recon. */
export function readOverview(value: unknown): Overview | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const overview = readRecord<ReconShapes['Overview']>(value);
  const sums = (entries: unknown): Map<string, Sum> => new Map(readEntries(entries).map(([name, sum]) => [name, readSum(sum)]));
  return {
    asOf: readText(overview.asOf),
    allClear: overview.allClear === true,
    open: readList(overview.open, readOpenItem),
    standings: sums(overview.standings),
    reconciliation: sums(overview.reconciliation),
    moneyAtRisk: { ...readSum(overview.moneyAtRisk), waitingBehind: readSum(readRecord(overview.moneyAtRisk).waitingBehind) },
    written: readEntries(overview.written).map(([target, figures]) => ({
      target,
      documents: readCount(readRecord<ReconShapes['Written']>(figures).documents),
      metadata: readCount(readRecord<ReconShapes['Written']>(figures).metadata),
    })),
  };
}

function readSettlement(value: unknown): Settlement | null {
  if (typeof value !== 'object' || value === null) return null;
  const { gross, fee, net } = readRecord<ReconShapes['SettlementView']>(value);
  return { gross: readAmount(gross), fee: readAmount(fee), net: readAmount(net) };
}

function readNews(value: unknown): PaymentNews {
  const { at, kind, amount, title, text, eventId } = readRecord<ReconShapes['NewsView']>(value);
  return {
    at: readText(at),
    kind: readText(kind) ?? 'unknown',
    amount: readAmount(amount),
    title: readText(title) ?? 'Something happened after it was booked',
    text: readText(text),
    eventId: readText(eventId),
  };
}

export function readPayment(value: unknown): Payment {
  const row = readRecord<ReconShapes['PaymentView']>(value);
  return {
    chargeId: readText(row.chargeId),
    paymentId: readText(row.paymentId),
    eventId: readText(row.eventId),
    part: readText(row.part),
    customerId: readText(row.customerId),
    customerName: readText(row.customerName),
    amount: readAmount(row.amount),
    receivedAt: readText(row.receivedAt),
    stage: readText(row.stage),
    state: readText(row.state),
    reason: readText(row.reason),
    standing: readText(row.standing),
    standingReason: readText(row.standingReason),
    reconciliation: readText(row.reconciliation),
    reconciliationBasis: readText(row.reconciliationBasis),
    reconciliationText: readText(row.reconciliationText),
    ledgerAmount: readAmount(row.ledgerAmount),
    reference: readNamedTexts(row.reference),
    settlement: readSettlement(row.settlement),
    news: readList(row.news, readNews),
    masked: readList(row.masked, (path) => readText(path) ?? '(a field without a name)'),
  };
}

function readStep(value: unknown): Step {
  const { at, stage, title, ids, text, evidence } = readRecord<ReconShapes['StepView']>(value);
  const id = readText(readRecord<ReconShapes['StepEvidence']>(evidence).id);
  return {
    at: readText(at),
    stage: readText(stage) ?? 'unknown',
    title: readText(title) ?? 'A step without a title',
    ids: readNamedTexts(ids),
    text: readText(text),
    evidence: id === null ? null : { kind: readText(readRecord<ReconShapes['StepEvidence']>(evidence).kind) ?? 'unknown', id },
  };
}

export function readTrace(value: unknown): Trace {
  const { payment, status, money, account, steps, captures, documents } = readRecord<ReconShapes['PaymentDetail']>(value);
  return {
    payment: readPayment(payment),
    status: readStatus(status),
    money: readMoney(money),
    account: readText(account),
    steps: readList(steps, readStep),
    captures: readList(captures, readPayment),
    documents: readList(documents, readDocument),
  };
}

/** One page of a list: its rows, and the cursors of the pages around it. */
export interface ListPage<T> {
  readonly rows: readonly T[];
  readonly next: string | null;
  readonly previous: string | null;
}

/** A page of a list as recon sends every one of them. @param name of the field with its rows. @param read makes a row of whatever came. */
export function readPage<T>(value: unknown, name: PageField, read: (row: unknown) => T): ListPage<T> {
  const { [name]: rows, next, previous } = readRecord<Readonly<Record<PageField | 'next' | 'previous', unknown>>>(value);
  return { rows: readList(rows, read), next: readText(next), previous: readText(previous) };
}

export function readPaymentPage(value: unknown): ListPage<Payment> {
  return readPage(value, 'payments', readPayment);
}

export function readSnapshot(value: unknown): Snapshot {
  const { counts, stages, reconciliation, overview, payments } = readRecord<ReconShapes['FeedSnapshot']>(value);
  return {
    asOf: readText(readRecord<ReconShapes['Stages']>(stages).asOf),
    counts: readCounts(counts),
    stages: readList(readRecord<ReconShapes['Stages']>(stages).stages, readStage),
    reconciliation: readNamedCounts(reconciliation),
    overview: readOverview(overview),
    payments: readList(payments, readPayment),
  };
}
