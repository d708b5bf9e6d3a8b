import { readAmount, readCount, readList, readNamedTexts, readRecord, readText } from '../recon/read-value.js';
import { readPage } from '../recon/read.js';
import type { ListPage } from '../recon/read.js';
import type { Amount, NamedText } from '../recon/shapes.js';

/** An order of an operator and how far it is, every field read. */
export interface Order {
  readonly id: string;
  readonly action: string;
  readonly state: string;
  readonly total: number;
  readonly pending: number;
  readonly given: number;
  readonly done: number;
  readonly failed: number;
  readonly stopped: number;
  /** How many ended how. */
  readonly results: readonly NamedText[];
  readonly reason: string;
  readonly by: string;
  readonly subject: string | null;
  readonly ratePerSecond: string | null;
  readonly orderedAt: string | null;
  readonly endedAt: string | null;
  readonly targets: readonly string[];
  readonly waitsFor: readonly string[];
  /** What it changes in its letter, a line for each field; empty: nothing. */
  readonly changes: readonly string[];
  readonly contentHash: string | null;
  readonly expiresAt: string | null;
  /** Who did what about it, in the order in which it is shown: `Paused by Ada: some fail`. */
  readonly decisions: readonly string[];
  readonly stopCode: string | null;
}

/** What an order would be. */
export interface Preview {
  readonly letters: number;
  readonly sequences: number;
  readonly money: readonly Amount[];
  readonly withoutMoney: number;
  readonly waitsFor: readonly string[];
  /** What fits and stays a dead letter, with why. */
  readonly leftOut: readonly NamedText[];
}

/** One letter of an order. */
export interface OrderedLetter {
  readonly letter: string;
  readonly sequence: string;
  readonly cause: string;
  readonly state: string;
  readonly result: string | null;
  readonly money: Amount | null;
  readonly again: string | null;
  /** The document that stands for it: `HeadNum 881`; null: none. */
  readonly document: string | null;
}

/** States in which nothing happens any more. */
export const endedStates: readonly string[] = ['done', 'cancelled', 'refused', 'expired'];

/** Reads any answer as an order. Never throws. */
export function readOrder(value: unknown): Order {
  const row = readRecord(value);
  const count = (name: string): number => readCount(row[name]) ?? 0;
  const texts = (name: string): string[] => readList(row[name], (one) => readText(one) ?? '');
  return {
    ...{ id: readText(row.id) ?? '', action: readText(row.action) ?? '', state: readText(row.state) ?? '' },
    ...{ total: count('total'), pending: count('pending'), given: count('given') },
    ...{ done: count('done'), failed: count('failed'), stopped: count('stopped') },
    results: readNamedTexts(row.results),
    ...{ reason: readText(row.reason) ?? '', by: readText(row.by) ?? '', subject: readText(row.subject) },
    ...{ ratePerSecond: readText(row.ratePerSecond), orderedAt: readText(row.orderedAt), endedAt: readText(row.endedAt) },
    ...{ targets: texts('targets'), waitsFor: texts('waitsFor') },
    ...{ contentHash: readText(row.contentHash), expiresAt: readText(row.expiresAt), stopCode: readText(row.stopCode) },
    ...{ decisions: decisionsOf(row), changes: changesOf(row.edit) },
  };
}

function decisionsOf(row: Readonly<Record<string, unknown>>): string[] {
  const said = (what: string, by: unknown, why: unknown): string[] => {
    const [who, reason] = [readText(by), readText(why)];
    return who === null ? [] : [reason === null ? `${what} by ${who}` : `${what} by ${who}: ${reason}`];
  };
  return [
    ...said('Approved', row.approvedBy, row.approvalReason),
    ...said('Refused', row.refusedBy, row.refusalReason),
    ...said('Paused', row.pausedBy, row.pauseReason),
    ...said('Cancelled', row.cancelledBy, null),
  ];
}

function changesOf(edit: unknown): string[] {
  const { fields, money } = readRecord(edit);
  const amounts = readList(money, (one) => {
    const { path, before, after } = readRecord(one);
    return { path: readText(path) ?? '', text: `from ${readText(before) ?? 'nothing'} to ${readText(after) ?? 'nothing'}` };
  });
  return readList(fields, (field) => {
    const path = readText(field) ?? '';
    const amount = amounts.find((one) => one.path === path);
    return amount ? `${path} ${amount.text}` : path;
  });
}

/** Reads a list of orders. */
export function readOrders(value: unknown): Order[] {
  return readList(readRecord(value).orders, readOrder);
}

/** Reads what an order would be. */
export function readPreview(value: unknown): Preview {
  const { letters, sequences, money, withoutMoney, waitsFor, leftOut } = readRecord(value);
  return {
    letters: readCount(letters) ?? 0,
    sequences: readCount(sequences) ?? 0,
    money: readList(money, readAmount).filter((amount) => amount !== null),
    withoutMoney: readCount(withoutMoney) ?? 0,
    waitsFor: readList(waitsFor, (one) => readText(one) ?? ''),
    leftOut: readList(leftOut, (one) => {
      const { letter, text } = readRecord(one);
      return { name: readText(letter) ?? '', value: readText(text) ?? '' };
    }),
  };
}

/** Reads a page of the letters of an order. */
export function readOrderedLetters(value: unknown): ListPage<OrderedLetter> {
  return readPage(value, 'letters', (one) => {
    const { letter, sequence, cause, state, result, money, again, document } = readRecord(one);
    const keys = readNamedTexts(document).map(({ name, value: key }) => `${name} ${key}`);
    const ids = { letter: readText(letter) ?? '', sequence: readText(sequence) ?? '', cause: readText(cause) ?? '' };
    return {
      ...ids,
      state: readText(state) ?? '',
      result: readText(result),
      money: readAmount(money),
      again: readText(again),
      document: keys.join(', ') || null,
    };
  });
}
