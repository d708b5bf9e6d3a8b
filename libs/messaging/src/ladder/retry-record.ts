import { headers as names } from '@tributary/contracts';
import type { ReplayOrder, OrderAction } from '@tributary/posting';
import { lastHeaders, textHeaders } from '../envelope.js';
import type { IncomingMessage } from '../envelope.js';
import { PoisonMessageError } from '../errors.js';
import { errorCodeText } from '../failure.js';
import { boundedText } from '../header-text.js';
import type { RawRecord } from '../message.js';

/** Headers that we add to a retry record. The original message has none of them. */
const retryHeaderNames = new Set<string>([
  names.originalTopic,
  names.originalPartition,
  names.originalOffset,
  names.originalKey,
  names.consumerGroup,
  names.attempts,
  names.dueAt,
  names.errorCode,
  names.errorText,
  names.errorContext,
  names.firstFailureAt,
  names.lastFailureAt,
  names.disposition,
]);

/** A record of a delay or replay topic: the original message, and the attempts or the order that the record carries. */
export interface RetryRecord {
  readonly message: IncomingMessage;
  readonly attempts: number;
  readonly order: (ReplayOrder & { readonly reason: string }) | undefined;
}

/** Makes the record for a delay topic: key, value and headers unchanged, plus the origin of the message. */
export function toRetryRecord(
  topic: string,
  message: IncomingMessage,
  attempts: number,
  dueAt: number,
  group: string,
  code: string,
): RawRecord {
  return {
    topic,
    partition: message.partition,
    key: message.key,
    value: message.value,
    headers: {
      ...lastHeaders(message.headers),
      [names.originalTopic]: message.topic,
      [names.originalPartition]: String(message.partition),
      [names.originalOffset]: message.offset.toString(),
      [names.consumerGroup]: group,
      [names.attempts]: String(attempts),
      [names.dueAt]: String(dueAt),
      [names.errorCode]: errorCodeText(code),
    },
  };
}

/** A year, longer than any ladder waits: a record that is due later than this was not written by us. */
const maxDelayMs = 366 * 24 * 60 * 60 * 1_000;

/** The due time of a retry record, milliseconds; undefined without one, or when no ladder can have set it. @param now milliseconds. */
export function dueAtOf(headers: IncomingMessage['headers'], now: number): number | undefined {
  const value = headers[names.dueAt];
  if (value === undefined) return undefined;
  const due = Number(String(Array.isArray(value) ? value.at(-1) : value));
  return Number.isFinite(due) && due <= now + maxDelayMs ? due : undefined;
}

/** Kafka's largest offset: 64 bits, signed. */
const maxOffset = 2n ** 63n - 1n;
/** More than any policy makes; fits into an integer column. */
const maxAttempts = 1_000_000;
/** Longest part of a foreign header that an error shows, UTF-16 units. */
const maxShownLength = 100;

/** An offset that Kafka can have, or undefined. */
function offsetIn(text: string | undefined): bigint | undefined {
  if (text === undefined || !/^\d{1,19}$/.test(text)) return undefined;
  const offset = BigInt(text);
  return offset <= maxOffset ? offset : undefined;
}

const actions: readonly string[] = ['replay', 'skip', 'resolve'] satisfies OrderAction[];

/**
 * Parses a record of a delay topic or the replay topic.
 * @throws {PoisonMessageError} when it does not name its origin, or belongs to another topic.
 */
export function parseRetryRecord(copy: IncomingMessage, topic: string): RetryRecord {
  const text = textHeaders(copy.headers);
  const offset = offsetIn(text[names.originalOffset]);
  const attempts = Number(text[names.attempts] ?? 0);
  const where = `reading ${copy.topic}/${copy.partition}/${copy.offset}`;
  if (text[names.originalTopic] !== topic || text[names.originalPartition] !== String(copy.partition) || offset === undefined)
    throw new PoisonMessageError(
      `${where}: it has to name ${topic}/${copy.partition} and an offset in ${names.originalTopic}, ${names.originalPartition} and ${names.originalOffset}`,
      { topic: copy.topic },
    );
  if (!Number.isInteger(attempts) || attempts < 0 || attempts > maxAttempts)
    throw new PoisonMessageError(`${where}: ${names.attempts} has to be a number from 0 to ${maxAttempts}`, { topic: copy.topic });
  const action = text[names.orderAction];
  const id = text[names.order];
  if (id !== undefined && !actions.includes(action ?? ''))
    throw new PoisonMessageError(
      `${where}: order ${id} wants "${boundedText(action ?? '', maxShownLength)}"; there are ${actions.join(', ')}`,
      { topic: copy.topic },
    );
  const headers = Object.fromEntries(Object.entries(copy.headers).filter(([name]) => !retryHeaderNames.has(name)));
  return {
    message: { ...copy, topic, offset, headers },
    attempts,
    order: id === undefined ? undefined : { id, action: action as OrderAction, reason: text[names.orderReason] ?? '' },
  };
}
