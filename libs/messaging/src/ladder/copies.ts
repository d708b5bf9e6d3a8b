import { headers as names } from '@tributary/contracts';
import type { GivenOrder, OrderAction } from '@tributary/posting';
import { textHeaders } from '../envelope.js';
import type { IncomingMessage } from '../envelope.js';
import { PoisonMessageError } from '../errors.js';
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
  const headers: Record<string, string | Buffer> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last !== undefined) headers[name] = last;
  }
  return {
    topic,
    partition: message.partition,
    key: message.key,
    value: message.value,
    headers: {
      ...headers,
      [names.originalTopic]: message.topic,
      [names.originalPartition]: String(message.partition),
      [names.originalOffset]: message.offset.toString(),
      [names.consumerGroup]: group,
      [names.attempts]: String(attempts),
      [names.dueAt]: String(dueAt),
      [names.errorCode]: code,
    },
  };
}

/** When a copy is due, milliseconds; undefined for messages that are no copies. */
export function dueAtOf(headers: IncomingMessage['headers']): number | undefined {
  const value = headers[names.dueAt];
  if (value === undefined) return undefined;
  const due = Number(String(Array.isArray(value) ? value.at(-1) : value));
  return Number.isFinite(due) ? due : undefined;
}

const actions: readonly string[] = ['replay', 'skip', 'resolve'] satisfies OrderAction[];

/**
 * Reads a copy from a delay topic or the replay topic.
 * @throws {PoisonMessageError} when it doesn't say where it comes from, or comes from elsewhere.
 */
export function originalOf(copy: IncomingMessage, topic: string): Copy {
  const text = textHeaders(copy.headers);
  const offset = text[names.originalOffset];
  const where = `reading ${copy.topic}/${copy.partition}/${copy.offset}`;
  if (text[names.originalTopic] !== topic || text[names.originalPartition] !== String(copy.partition) || !offset || !/^\d+$/.test(offset))
    throw new PoisonMessageError(
      `${where}: it has to name ${topic}/${copy.partition} and an offset in ${names.originalTopic}, ${names.originalPartition} and ${names.originalOffset}`,
      { topic: copy.topic },
    );
  const action = text[names.orderAction];
  const id = text[names.order];
  if (id !== undefined && !actions.includes(action ?? ''))
    throw new PoisonMessageError(`${where}: order ${id} wants "${action ?? ''}"; there are ${actions.join(', ')}`, { topic: copy.topic });
  const headers = Object.fromEntries(Object.entries(copy.headers).filter(([name]) => !ofCopies.has(name)));
  return {
    message: { ...copy, topic, offset: BigInt(offset), headers },
    attempts: Number(text[names.attempts] ?? 0),
    order: id === undefined ? undefined : { id, action: action as OrderAction, reason: text[names.orderReason] ?? '' },
  };
}
