import type { ReconShapes } from '../../api/documents.js';
import type { Sent } from '../../api/sent.js';
import {
  readAmount,
  readCount,
  readerOf,
  readFlag,
  readList,
  readMaybe,
  readRecord,
  readText,
  readWord,
  readWords,
} from '../../recon/read-value.js';

/** All about a letter but what its message holds. */
export type Case = ReturnType<typeof readCase>;
/** A dead letter as the page shows it. */
export type Letter = Case['letter'];
/** One of the letters of the same message. */
export type Generation = Case['generations'][number];
/** The order that a letter is in, or was closed by. */
export type LetterOrder = NonNullable<Case['order']>;
/** What was done because of an order. */
export type Done = Case['audit'][number];
/** A message that waits behind the letter. */
export type Waiting = Case['parked'][number];
/** What somebody said about a letter; text null: it was deleted. */
export type Comment = ReturnType<typeof readComment>;
/** A person, as a letter names them. */
export type Person = NonNullable<ReturnType<typeof readPerson>>;

/** Reads a person; null: there is none. */
export function readPerson(value: Sent<ReconShapes['LetterPersonView'] | null>) {
  return readMaybe(value, (person) => {
    const subject = readWord(readRecord(person).subject);
    return { subject, name: readText(readRecord(person).name) ?? subject };
  });
}

/** Reads the question that a letter asks; null: it asks none. */
export function readQuestion(value: Sent<ReconShapes['LetterQuestionView'] | null>) {
  const { code, answers } = readRecord(value);
  const asked = readText(code);
  return asked === null ? null : { code: asked, answers: readWords(answers) };
}

/** Reads a comment, whatever it is. */
export const readComment = readerOf<ReconShapes['LetterCommentView']>()({
  id: readWord,
  at: readText,
  by: (value) => readPerson(value)?.name ?? '',
  text: readText,
});

const readLetter = readerOf<ReconShapes['LetterView']>()({
  id: readWord,
  state: readText,
  result: readText,
  cause: (value) => readText(value) ?? 'unknown',
  text: readText,
  held: readFlag,
  group: readWord,
  topic: readWord,
  partition: readCount,
  offset: readWord,
  sequence: readWord,
  eventType: readText,
  messageId: readWord,
  eventId: readWord,
  attempts: readCount,
  firstFailureAt: readText,
  deadAt: readText,
  closedAt: readText,
  money: readAmount,
  parkedBehind: readCount,
  assignee: readPerson,
});

const readGuilty = readerOf<ReconShapes['GuiltyFieldView']>()({ named: readWord, path: readText });

const readWaiting = readerOf<ReconShapes['ParkedView']>()({
  offset: readWord,
  eventId: readWord,
  parkedAt: readText,
  money: readAmount,
});

const readGeneration = readerOf<ReconShapes['LetterGenerationView']>()({
  id: readWord,
  cause: readWord,
  deadAt: readText,
  attempts: readCount,
  state: readText,
  result: readText,
});

const readLetterOrder = readerOf<ReconShapes['LetterOrderView']>()({
  id: readWord,
  action: readWord,
  by: readWord,
  reason: readWord,
  orderedAt: readText,
});

const readDone = readerOf<ReconShapes['LetterAudit']>()({
  at: readText,
  order: readWord,
  done: readWord,
  by: readWord,
  reason: readWord,
});

/** Reads `GET /dead-letters/:id/case`, whatever it is. */
export const readCase = readerOf<ReconShapes['LetterCase']>()({
  letter: readLetter,
  deadLetterTopic: readWord,
  traceId: readText,
  lastFailureAt: readText,
  kept: readFlag,
  question: readQuestion,
  guilty: (value) => readMaybe(value, readGuilty),
  parked: (value) => readList(value, readWaiting),
  generations: (value) => readList(value, readGeneration),
  order: (value) => readMaybe(value, readLetterOrder),
  audit: (value) => readList(value, readDone),
  comments: (value) => readList(value, readComment),
});
