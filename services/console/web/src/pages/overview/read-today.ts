import { readAmount, readCount, readList, readRecord, readText } from '../../recon/read-value.js';
import { readSum } from '../../recon/read.js';
import type { Amount, Sum } from '../../recon/shapes.js';

/** One row of what a person has to do. */
export interface ToDo {
  readonly what: string;
  readonly cause: string | null;
  readonly example: string | null;
  readonly oldestAt: string | null;
  readonly sum: Sum;
  readonly list: string | null;
}

/** One figure of the day, with the list that it sums. */
export interface DayFigure {
  readonly count: number | null;
  readonly amount: Amount | null;
  readonly list: string | null;
}

/** Names of the figures of a day, in the order in which money goes. */
export const dayFigures = [
  ...(['received', 'captured', 'inLedger', 'onItsWay', 'needsPerson', 'notBooked', 'failed'] as const),
  ...(['refunded', 'disputes', 'fees', 'paidOut'] as const),
] as const;

/** Name of a figure of the day. */
export type DayFigureName = (typeof dayFigures)[number];

/** The money of the day in one currency. */
export interface DayMoney {
  readonly currency: string;
  readonly figures: Readonly<Record<DayFigureName, DayFigure>>;
}

/** One target in one line. */
export interface TargetLine {
  readonly target: string;
  readonly requested: number | null;
  readonly documents: number | null;
  readonly documentsList: string | null;
  readonly letters: Sum;
  readonly lettersList: string | null;
  readonly lastWrittenAt: string | null;
}

/** One clearing account beside Stripe's balance. */
export interface Clearing {
  readonly target: string;
  readonly currency: string;
  readonly difference: Amount | null;
}

/** `GET /today` of recon, every field read: nothing is missing. */
export interface Today {
  readonly toDo: readonly ToDo[];
  readonly date: string | null;
  readonly timeZone: string | null;
  readonly money: readonly DayMoney[];
  readonly clearing: readonly Clearing[];
  readonly problems: readonly string[];
  readonly targets: readonly TargetLine[];
}

/** Reads any answer. Never throws. */
export function readToday(value: unknown): Today {
  const { toDo, day, money, clearing, problems, targets } = readRecord(value);
  const { date, timeZone } = readRecord(day);
  return {
    toDo: readList(toDo, readToDo),
    date: readText(date),
    timeZone: readText(timeZone),
    money: readList(money, readMoney),
    clearing: readList(clearing, readLedger).flat(),
    problems: readList(problems, (one) => readText(one) ?? '(not a text)'),
    targets: readList(targets, readTarget),
  };
}

function readToDo(value: unknown): ToDo {
  const { what, cause, example, oldestAt, list } = readRecord(value);
  const texts = { cause: readText(cause), example: readText(example), oldestAt: readText(oldestAt), list: readText(list) };
  return { what: readText(what) ?? 'something that has no name', ...texts, sum: readSum(value) };
}

function readMoney(value: unknown): DayMoney {
  const row = readRecord(value);
  const figures = Object.fromEntries(dayFigures.map((name) => [name, readFigure(row[name])]));
  return { currency: readText(row.currency) ?? '', figures: figures as Record<DayFigureName, DayFigure> };
}

function readFigure(value: unknown): DayFigure {
  const { count, amount, list } = readRecord(value);
  return { count: readCount(count), amount: readAmount(amount), list: readText(list) };
}

function readLedger(value: unknown): Clearing[] {
  const { target, clearing } = readRecord(value);
  return readList(clearing, (row) => {
    const { currency, difference } = readRecord(row);
    return { target: readText(target) ?? '', currency: readText(currency) ?? '', difference: readAmount(difference) };
  });
}

function readTarget(value: unknown): TargetLine {
  const { target, requested, documents, letters, lastWrittenAt } = readRecord(value);
  return {
    target: readText(target) ?? '',
    requested: readCount(readRecord(requested).count),
    documents: readCount(readRecord(documents).count),
    documentsList: readText(readRecord(documents).list),
    letters: readSum(letters),
    lettersList: readText(readRecord(letters).list),
    lastWrittenAt: readText(lastWrittenAt),
  };
}
