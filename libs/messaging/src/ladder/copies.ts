import { headers as names } from '@tributary/contracts';
import type { GivenOrder, OrderAction } from '@tributary/posting';
import { errorCodeText, lastHeaders, textHeaders } from '../envelope.js';
import type { IncomingMessage } from '../envelope.js';
import { PoisonMessageError } from '../errors.js';
import { boundedText } from '../header-text.js';
import type { RawRecord } from '../message.js';

/** Headers that say where a copy comes from. The message itself has none of them. */
const ofCopies = new Set<string>([
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

/** A message again as it was read the first time, and what its copy says about it. */
export interface Copy {
  readonly message: IncomingMessage;
  readonly attempts: number;
  readonly order: (GivenOrder & { readonly reason: string }) | undefined;
}

/** A copy for a delay topic: key, value and headers as they are, and where it comes from. */
export function copyFor(topic: string, message: IncomingMessage, attempts: number, dueAt: number, group: string, code: string): RawRecord {
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

/** When a copy is due, milliseconds; undefined for messages without a due time that a ladder could have set. @param now milliseconds. */
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
/** How much of a foreign header an error shows, UTF-16 units. */
const maxShownLength = 100;

/** An offset that Kafka can have, or undefined. */
function offsetIn(text: string | undefined): bigint | undefined {
  if (text === undefined || !/^\d{1,19}$/.test(text)) return undefined;
  const offset = BigInt(text);
  return offset <= maxOffset ? offset : undefined;
}

const actions: readonly string[] = ['replay', 'skip', 'resolve'] satisfies OrderAction[];

/**
 * Reads a copy from a delay topic or the replay topic.
 * @throws {PoisonMessageError} when it doesn't say where it comes from, or comes from elsewhere.
 */
export function originalOf(copy: IncomingMessage, topic: string): Copy {
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
  const headers = Object.fromEntries(Object.entries(copy.headers).filter(([name]) => !ofCopies.has(name)));
  return {
    message: { ...copy, topic, offset, headers },
    attempts,
    order: id === undefined ? undefined : { id, action: action as OrderAction, reason: text[names.orderReason] ?? '' },
  };
}
