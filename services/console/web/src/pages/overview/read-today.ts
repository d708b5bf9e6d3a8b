import type { ReconShapes } from '../../api/documents.js';
import type { Sent } from '../../api/sent.js';
import { readSum } from '../../recon/read.js';
import { readLedgerClearing } from '../../recon/read-clearing.js';
import { readAmount, readCount, readerOf, readList, readRecord, readText, readWord } from '../../recon/read-value.js';

/** `GET /today` of recon, every field read: nothing is missing. */
export type Today = ReturnType<typeof readToday>;
/** One row of what a person has to do. */
export type ToDo = ReturnType<typeof readToDo>;
/** The money of the day in one currency. */
export type DayMoney = ReturnType<typeof readMoney>;
/** One figure of the day, with the list that it sums. */
export type DayFigure = ReturnType<typeof readFigure>;
/** One target in one line. */
export type TargetLine = ReturnType<typeof readTarget>;
/** One clearing account beside Stripe's balance. */
export type Clearing = Today['clearing'][number];

/** Names of the figures of a day, in the order in which money goes. */
export const dayFigures = [
  ...(['received', 'captured', 'inLedger', 'onItsWay', 'needsPerson', 'notBooked', 'failed'] as const),
  ...(['refunded', 'disputes', 'fees', 'paidOut'] as const),
] as const;

/** Name of a figure of the day. */
export type DayFigureName = (typeof dayFigures)[number];

/** Reads any answer. */
export function readToday(value: Sent<ReconShapes['TodayView']>) {
  const { toDo, day, money, clearing, problems, targets } = readRecord(value);
  const { date, timeZone } = readRecord(day);
  return {
    toDo: readList(toDo, readToDo),
    date: readText(date),
    timeZone: readText(timeZone),
    money: readList(money, readMoney),
    clearing: readList(clearing, readLedgerClearing).flat(),
    problems: readList(problems, (one) => readText(one) ?? '(not a text)'),
    targets: readList(targets, readTarget),
  };
}

const readToDoFields = readerOf<ReconShapes['ToDoView']>()({
  what: (value) => readText(value) ?? 'something that has no name',
  cause: readText,
  example: readText,
  oldestAt: readText,
  list: readText,
});

function readToDo(value: Sent<ReconShapes['ToDoView']>) {
  return { ...readToDoFields(value), sum: readSum(value) };
}

const readFigure = readerOf<ReconShapes['DayFigureView']>()({ count: readCount, amount: readAmount, list: readText });

function readMoney(value: Sent<ReconShapes['DayMoneyView']>) {
  const row = readRecord(value);
  const figures = Object.fromEntries(dayFigures.map((name) => [name, readFigure(row[name])]));
  return { currency: readWord(row.currency), figures: figures as Readonly<Record<DayFigureName, DayFigure>> };
}

function readTarget(value: Sent<ReconShapes['TodayTargetView']>) {
  const { target, requested, documents, letters, lastWrittenAt } = readRecord(value);
  return {
    target: readWord(target),
    requested: readCount(readRecord(requested).count),
    documents: readCount(readRecord(documents).count),
    documentsList: readText(readRecord(documents).list),
    letters: readSum(letters),
    lettersList: readText(readRecord(letters).list),
    lastWrittenAt: readText(lastWrittenAt),
  };
}
