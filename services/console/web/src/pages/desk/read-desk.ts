import { readAmount, readCount, readList, readRecord, readText } from '../../recon/read-value.js';
import { readPage, readSum } from '../../recon/read.js';
import type { ListPage } from '../../recon/read.js';
import type { Amount, Sum } from '../../recon/shapes.js';
import { readPerson } from '../letter/read-case.js';
import type { Person } from '../letter/read-case.js';

/** Dead letters of one cause in one consumer group, held or not. */
export interface Cause {
  readonly cause: string;
  readonly group: string;
  readonly held: boolean;
  readonly count: number;
  readonly ordered: number;
  readonly parkedBehind: number;
  readonly money: readonly Amount[];
  readonly moneyBehind: readonly Amount[];
  readonly oldestAt: string | null;
  readonly example: string | null;
}

/** A sequence that stands still. */
export interface Sequence {
  readonly group: string;
  readonly topic: string;
  readonly sequence: string;
  readonly head: string;
  readonly cause: string;
  readonly text: string | null;
  readonly held: boolean;
  readonly letters: number;
  readonly ordered: number;
  readonly parkedBehind: number;
  readonly money: readonly Amount[];
  readonly oldestAt: string | null;
  readonly assignee: string | null;
  /** Whose the head itself is. */
  readonly headAssignee: Person | null;
  /** How often the message of the head failed again after a replay. */
  readonly replays: number;
}

/** A dead or held letter in a list. */
export interface Letter {
  readonly id: string;
  readonly state: string | null;
  readonly result: string | null;
  readonly cause: string;
  readonly text: string | null;
  readonly held: boolean;
  readonly eventType: string | null;
  readonly sequence: string;
  readonly deadAt: string | null;
  readonly money: Amount | null;
  readonly parkedBehind: number | null;
  readonly question: { readonly code: string; readonly answers: readonly string[] } | null;
  readonly assignee: Person | null;
  /** How often its message failed again after a replay, and the letter before. */
  readonly replays: number;
  readonly previous: string | null;
}

/** What a filter selects in all. */
export interface Totals {
  readonly sum: Sum;
  readonly sequences: number | null;
  readonly parkedBehind: number | null;
}

/** Reads `GET /dead-letters/causes`. Never throws, as everything here. */
export function readCauses(value: unknown): Cause[] {
  return readList(readRecord(value).causes, (one) => {
    const { cause, group, held, count, ordered, parkedBehind, moneyAtRisk, moneyBehind, oldestAt, example } = readRecord(one);
    return {
      ...{ cause: readText(cause) ?? '', group: readText(group) ?? '', held: held === true },
      ...{ count: readCount(count) ?? 0, ordered: readCount(ordered) ?? 0, parkedBehind: readCount(parkedBehind) ?? 0 },
      ...{ money: amountsIn(moneyAtRisk), moneyBehind: amountsIn(moneyBehind) },
      ...{ oldestAt: readText(oldestAt), example: readText(example) },
    };
  });
}

/** Reads `GET /dead-letters/sequences`. */
export function readSequences(value: unknown): ListPage<Sequence> {
  return readPage(value, 'sequences', readSequence);
}

function readSequence(value: unknown): Sequence {
  const row = readRecord(value);
  return {
    ...{ group: readText(row.group) ?? '', topic: readText(row.topic) ?? '', sequence: readText(row.sequence) ?? '' },
    ...{ head: readText(row.head) ?? '', cause: readText(row.cause) ?? '', text: readText(row.text), held: row.held === true },
    ...{ letters: readCount(row.letters) ?? 0, ordered: readCount(row.ordered) ?? 0, parkedBehind: readCount(row.parkedBehind) ?? 0 },
    ...{ money: amountsIn(row.money), oldestAt: readText(row.oldestAt), assignee: readText(readRecord(row.assignee).name) },
    ...{ headAssignee: readPerson(row.headAssignee), replays: readCount(row.replays) ?? 0 },
  };
}

/** Reads `GET /dead-letters`. */
export function readLetters(value: unknown): ListPage<Letter> {
  return readPage(value, 'deadLetters', readLetter);
}

function readLetter(value: unknown): Letter {
  const row = readRecord(value);
  const { code, answers } = readRecord(row.question);
  const question = readText(code);
  return {
    ...{ id: readText(row.id) ?? '', state: readText(row.state), result: readText(row.result), cause: readText(row.cause) ?? '' },
    ...{ text: readText(row.text), held: row.held === true, eventType: readText(row.eventType), sequence: readText(row.sequence) ?? '' },
    ...{ deadAt: readText(row.deadAt), money: readAmount(row.money), parkedBehind: readCount(row.parkedBehind) },
    question: question === null ? null : { code: question, answers: readList(answers, (one) => readText(one) ?? '') },
    ...{ assignee: readPerson(row.assignee), replays: readCount(row.replays) ?? 0, previous: readText(row.previous) },
  };
}

/** Reads `GET /dead-letters/totals`. */
export function readTotals(value: unknown): Totals {
  const { sequences, parkedBehind } = readRecord(value);
  return { sum: readSum(value), sequences: readCount(sequences), parkedBehind: readCount(parkedBehind) };
}

function amountsIn(value: unknown): Amount[] {
  return readList(value, readAmount).filter((amount) => amount !== null);
}
