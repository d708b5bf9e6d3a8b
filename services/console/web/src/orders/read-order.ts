import type { ReconShapes } from '../api/documents.js';
import type { Sent } from '../api/sent.js';
import { readPage } from '../recon/read.js';
import type { ListPage } from '../recon/read.js';
import {
  readAmount,
  readAmounts,
  readCount,
  readerOf,
  readList,
  readNamedTexts,
  readNumber,
  readRecord,
  readText,
  readWord,
  readWords,
} from '../recon/read-value.js';

/** An order of an operator and how far it is. Changes are a line for each field that it changes in its letter, decisions who did what about it. */
export type Order = ReturnType<typeof readOrder>;
/** What an order would be. What fits and stays a dead letter is left out, with why. */
export type Preview = ReturnType<typeof readPreview>;
/** One letter of an order. Document: the one that stands for it, `HeadNum 881`; null: none. */
export type OrderedLetter = ReturnType<typeof readOrderedLetter>;

/** A page of orders. Total: of all that fit; how many have not ended. */
export interface OrderPage extends ListPage<Order> {
  readonly total: { readonly count: number | null; readonly underWay: number | null };
}

/** States in which nothing happens any more. */
export const endedStates: readonly string[] = ['done', 'cancelled', 'refused', 'expired'];

const readFields = readerOf<ReconShapes['OrderView']>()({
  id: readWord,
  action: readWord,
  state: readWord,
  total: readNumber,
  pending: readNumber,
  given: readNumber,
  done: readNumber,
  failed: readNumber,
  stopped: readNumber,
  results: readNamedTexts,
  reason: readWord,
  by: readWord,
  subject: readText,
  ratePerSecond: readText,
  orderedAt: readText,
  endedAt: readText,
  targets: readWords,
  waitsFor: readWords,
  contentHash: readText,
  expiresAt: readText,
  stopCode: readText,
});

/** Reads any answer as an order. */
export function readOrder(value: Sent<ReconShapes['OrderView']>) {
  return { ...readFields(value), decisions: decisionsOf(value), changes: changesOf(readRecord(value).edit) };
}

/** In the order in which they are shown: `Paused by Ada: some fail`. */
function decisionsOf(value: Sent<ReconShapes['OrderView']>): string[] {
  const row = readRecord(value);
  const said = (what: string, who: string | null, reason: string | null): string[] =>
    who === null ? [] : [reason === null ? `${what} by ${who}` : `${what} by ${who}: ${reason}`];
  return [
    ...said('Approved', readText(row.approvedBy), readText(row.approvalReason)),
    ...said('Refused', readText(row.refusedBy), readText(row.refusalReason)),
    ...said('Paused', readText(row.pausedBy), readText(row.pauseReason)),
    ...said('Cancelled', readText(row.cancelledBy), null),
  ];
}

function changesOf(edit: Sent<ReconShapes['OrderEditView'] | null>): string[] {
  const { fields, money } = readRecord(edit);
  const amounts = readList(money, (one) => {
    const { path, before, after } = readRecord(one);
    return { path: readWord(path), text: `from ${readText(before) ?? 'nothing'} to ${readText(after) ?? 'nothing'}` };
  });
  return readList(fields, (field) => {
    const path = readWord(field);
    const amount = amounts.find((one) => one.path === path);
    return amount ? `${path} ${amount.text}` : path;
  });
}

/** Reads a page of orders, with how many fit in all; null: not said. */
export function readOrders(value: Sent<ReconShapes['OrdersView']>): OrderPage {
  const { count, underWay } = readRecord(readRecord(value).total);
  return { ...readPage(value, 'orders', readOrder), total: { count: readCount(count), underWay: readCount(underWay) } };
}

/** Reads what an order would be. */
export const readPreview = readerOf<ReconShapes['OrderPreview']>()({
  letters: readNumber,
  sequences: readNumber,
  money: readAmounts,
  withoutMoney: readNumber,
  waitsFor: readWords,
  leftOut: (value) => readList(value, readLeftOut),
});

function readLeftOut(value: Sent<ReconShapes['LeftOutLetter']>) {
  const { letter, text } = readRecord(value);
  return { name: readWord(letter), value: readWord(text) };
}

/** Reads a page of the letters of an order. */
export function readOrderedLetters(value: Sent<ReconShapes['OrderedLettersPage']>): ListPage<OrderedLetter> {
  return readPage(value, 'letters', readOrderedLetter);
}

const readOrderedLetter = readerOf<ReconShapes['OrderedLetter']>()({
  letter: readWord,
  sequence: readWord,
  cause: readWord,
  state: readWord,
  result: readText,
  money: readAmount,
  again: readText,
  document: readKeys,
});

function readKeys(value: Sent<ReconShapes['OrderedLetter']['document']>): string | null {
  const keys = readNamedTexts(value).map(({ name, value: key }) => `${name} ${key}`);
  return keys.join(', ') || null;
}
