import type { ReconShapes } from '../../api/documents.js';
import type { Sent } from '../../api/sent.js';
import { readPage, readSum } from '../../recon/read.js';
import type { ListPage } from '../../recon/read.js';
import {
  readAmount,
  readAmounts,
  readCount,
  readerOf,
  readFlag,
  readList,
  readNumber,
  readRecord,
  readText,
  readWord,
} from '../../recon/read-value.js';
import { readPerson, readQuestion } from '../letter/read-case.js';

/** Dead letters of one cause in one consumer group, held or not. */
export type Cause = ReturnType<typeof readCause>;
/** A sequence that stands still. `headAssignee`: whose the head itself is; `replays`: how often its message failed again after a replay. */
export type Sequence = ReturnType<typeof readSequence>;
/** A dead or held letter in a list. `replays`: how often its message failed again after a replay; `previous`: the letter before. */
export type Letter = ReturnType<typeof readLetter>;
/** What a filter selects in all. */
export type Totals = ReturnType<typeof readTotals>;

/** Reads `GET /dead-letters/causes`. */
export function readCauses(value: Sent<ReconShapes['CausesView']>): Cause[] {
  return readList(readRecord(value).causes, readCause);
}

const readCauseFields = readerOf<ReconShapes['CauseView']>()({
  cause: readWord,
  group: readWord,
  held: readFlag,
  count: readNumber,
  ordered: readNumber,
  parkedBehind: readNumber,
  moneyBehind: readAmounts,
  oldestAt: readText,
  example: readText,
});

function readCause(value: Sent<ReconShapes['CauseView']>) {
  return { ...readCauseFields(value), money: readAmounts(readRecord(value).moneyAtRisk) };
}

/** Reads `GET /dead-letters/sequences`. */
export function readSequences(value: Sent<ReconShapes['SequencesPage']>): ListPage<Sequence> {
  return readPage(value, 'sequences', readSequence);
}

const readSequence = readerOf<ReconShapes['SequenceView']>()({
  group: readWord,
  topic: readWord,
  sequence: readWord,
  head: readWord,
  cause: readWord,
  text: readText,
  held: readFlag,
  letters: readNumber,
  ordered: readNumber,
  parkedBehind: readNumber,
  money: readAmounts,
  oldestAt: readText,
  assignee: (value) => readText(readRecord(value).name),
  headAssignee: readPerson,
  replays: readNumber,
});

/** Reads `GET /dead-letters`. */
export function readLetters(value: Sent<ReconShapes['LettersPage']>): ListPage<Letter> {
  return readPage(value, 'deadLetters', readLetter);
}

const readLetter = readerOf<ReconShapes['LetterView']>()({
  id: readWord,
  state: readText,
  result: readText,
  cause: readWord,
  text: readText,
  held: readFlag,
  eventType: readText,
  sequence: readWord,
  deadAt: readText,
  money: readAmount,
  parkedBehind: readCount,
  question: readQuestion,
  assignee: readPerson,
  replays: readNumber,
  previous: readText,
});

/** Reads `GET /dead-letters/totals`. */
export function readTotals(value: Sent<ReconShapes['LetterTotalsView']>) {
  const { sequences, parkedBehind } = readRecord(value);
  return { sum: readSum(value), sequences: readCount(sequences), parkedBehind: readCount(parkedBehind) };
}
