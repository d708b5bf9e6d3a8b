import type { Amount } from '../../recon/shapes.js';
import { readAmount, readCount, readList, readRecord, readText } from '../../recon/read-value.js';

/** A person, as a letter names them. */
export interface Person {
  readonly subject: string;
  readonly name: string;
}

/** A dead letter as the page shows it. */
export interface Letter {
  readonly id: string;
  readonly state: string | null;
  readonly result: string | null;
  readonly cause: string;
  readonly text: string | null;
  readonly held: boolean;
  readonly group: string;
  readonly topic: string;
  readonly partition: number | null;
  readonly offset: string;
  readonly sequence: string;
  readonly eventType: string | null;
  readonly messageId: string;
  readonly eventId: string;
  readonly attempts: number | null;
  readonly firstFailureAt: string | null;
  readonly deadAt: string | null;
  readonly closedAt: string | null;
  readonly money: Amount | null;
  readonly parkedBehind: number | null;
  readonly assignee: Person | null;
}

/** One of the letters of the same message. */
export interface Generation {
  readonly id: string;
  readonly cause: string;
  readonly deadAt: string | null;
  readonly attempts: number | null;
  readonly state: string | null;
  readonly result: string | null;
}

/** What somebody said about a letter; text null: it was deleted. */
export interface Comment {
  readonly id: string;
  readonly at: string | null;
  readonly by: string;
  readonly text: string | null;
}

/** The order that a letter is in, or was closed by. */
export interface LetterOrder {
  readonly id: string;
  readonly action: string;
  readonly by: string;
  readonly reason: string;
  readonly orderedAt: string | null;
}

/** What was done because of an order. */
export interface Done {
  readonly at: string | null;
  readonly order: string;
  readonly done: string;
  readonly by: string;
  readonly reason: string;
}

/** A message that waits behind the letter. */
export interface Waiting {
  readonly offset: string;
  readonly eventId: string;
  readonly parkedAt: string | null;
  readonly money: Amount | null;
}

/** All about a letter but what its message holds. */
export interface Case {
  readonly letter: Letter;
  readonly deadLetterTopic: string;
  readonly traceId: string | null;
  readonly lastFailureAt: string | null;
  readonly kept: boolean;
  readonly question: { readonly code: string; readonly answers: readonly string[] } | null;
  readonly guilty: { readonly named: string; readonly path: string | null } | null;
  readonly parked: readonly Waiting[];
  readonly generations: readonly Generation[];
  readonly order: LetterOrder | null;
  readonly audit: readonly Done[];
  readonly comments: readonly Comment[];
}

/** Reads `GET /dead-letters/:id/case`, whatever it is. Never throws. */
export function readCase(value: unknown): Case {
  const { letter, deadLetterTopic, traceId, lastFailureAt, kept, question, guilty, parked, generations, order, audit, comments } =
    readRecord(value);
  return {
    letter: readLetter(letter),
    deadLetterTopic: textOr(deadLetterTopic),
    traceId: readText(traceId),
    lastFailureAt: readText(lastFailureAt),
    kept: kept === true,
    question: isThere(question) ? readQuestion(question) : null,
    guilty: isThere(guilty) ? readGuilty(guilty) : null,
    parked: readList(parked, readWaiting),
    generations: readList(generations, readGeneration),
    order: isThere(order) ? readLetterOrder(order) : null,
    audit: readList(audit, readDone),
    comments: readList(comments, readComment),
  };
}

function readLetterOrder(value: unknown): LetterOrder {
  const { id, action, by, reason, orderedAt } = readRecord(value);
  return { id: textOr(id), action: textOr(action), by: textOr(by), reason: textOr(reason), orderedAt: readText(orderedAt) };
}

/** Reads a comment, whatever it is. */
export function readComment(value: unknown): Comment {
  const { id, at, by, text } = readRecord(value);
  return { id: textOr(id), at: readText(at), by: readPerson(by)?.name ?? '', text: readText(text) };
}

/** Reads a person; null: there is none. */
export function readPerson(value: unknown): Person | null {
  if (!isThere(value)) return null;
  const { subject, name } = readRecord(value);
  const who = textOr(subject);
  return { subject: who, name: readText(name) ?? who };
}

function readLetter(value: unknown): Letter {
  const given = readRecord(value);
  return {
    ...readPlace(given),
    id: textOr(given.id),
    state: readText(given.state),
    result: readText(given.result),
    cause: textOr(given.cause, 'unknown'),
    text: readText(given.text),
    held: given.held === true,
    attempts: readCount(given.attempts),
    firstFailureAt: readText(given.firstFailureAt),
    deadAt: readText(given.deadAt),
    closedAt: readText(given.closedAt),
    money: readAmount(given.money),
    parkedBehind: readCount(given.parkedBehind),
    assignee: readPerson(given.assignee),
  };
}

type Place = Pick<Letter, 'group' | 'topic' | 'partition' | 'offset' | 'sequence' | 'eventType' | 'messageId' | 'eventId'>;

function readPlace({ group, topic, partition, offset, sequence, eventType, messageId, eventId }: Readonly<Record<string, unknown>>): Place {
  return {
    ...{ group: textOr(group), topic: textOr(topic), partition: readCount(partition), offset: textOr(offset) },
    ...{ sequence: textOr(sequence), eventType: readText(eventType), messageId: textOr(messageId), eventId: textOr(eventId) },
  };
}

function readQuestion(value: unknown): Case['question'] {
  const { code, answers } = readRecord(value);
  return { code: textOr(code), answers: readList(answers, (answer) => textOr(answer)) };
}

function readGuilty(value: unknown): Case['guilty'] {
  const { named, path } = readRecord(value);
  return { named: textOr(named), path: readText(path) };
}

function readWaiting(value: unknown): Waiting {
  const { offset, eventId, parkedAt, money } = readRecord(value);
  return { offset: textOr(offset), eventId: textOr(eventId), parkedAt: readText(parkedAt), money: readAmount(money) };
}

function readGeneration(value: unknown): Generation {
  const { id, cause, deadAt, attempts, state, result } = readRecord(value);
  return {
    ...{ id: textOr(id), cause: textOr(cause), deadAt: readText(deadAt), attempts: readCount(attempts) },
    ...{ state: readText(state), result: readText(result) },
  };
}

function readDone(value: unknown): Done {
  const { at, order, done, by, reason } = readRecord(value);
  return { at: readText(at), order: textOr(order), done: textOr(done), by: textOr(by), reason: textOr(reason) };
}

const isThere = (value: unknown): boolean => typeof value === 'object' && value !== null;
const textOr = (value: unknown, otherwise = ''): string => readText(value) ?? otherwise;
