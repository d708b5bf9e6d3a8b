import { headers as names } from '@tributary/contracts';
import type { EventDefinition } from '@tributary/contracts';
import { UnencodableMessageError } from './errors.js';
import type { EncodedMessage } from './lane.js';
import type { MessageContext, Outgoing } from './message.js';

/** Framing of one record beside key, value and headers (docs/reference/kafkajs.md, 2.10). */
const recordOverhead = 70;

/** A message as a consumer gets it, whatever the transport. */
export interface IncomingMessage {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>>;
  /** Broker's timestamp, milliseconds. */
  readonly timestamp: number;
}

/** Headers as text; of a repeated header the last value. */
export function textHeaders(headers: IncomingMessage['headers']): Record<string, string> {
  const text: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last !== undefined) text[name] = typeof last === 'string' ? last : last.toString('utf8');
  }
  return text;
}

/** The topic an outgoing message goes to. @throws {UnencodableMessageError} when its event has none and none is given. */
export function topicOf(message: Outgoing): string {
  const topic = message.topic ?? message.event.topic;
  if (topic === undefined)
    throw new UnencodableMessageError(`publishing ${message.event.type}: its topic depends on the target and none was given`, {
      type: message.event.type,
    });
  return topic;
}

/** CloudEvents headers (binary mode) and ours. @param now milliseconds; `ce_time` unless the message brings its own. */
export function headersOf(message: Outgoing, source: string, now: number): Record<string, string> {
  const headers: Record<string, string> = {
    [names.specVersion]: '1.0',
    [names.id]: message.id,
    [names.type]: message.event.type,
    [names.source]: source,
    [names.time]: new Date(now).toISOString(),
    [names.contentType]: message.event.record === undefined ? 'application/json' : 'application/vnd.confluent.avro',
    ...(message.sequence === undefined ? {} : { [names.sequence]: message.sequence }),
    ...(message.sourceEventId === undefined ? {} : { [names.sourceEvent]: message.sourceEventId }),
    ...message.headers,
  };
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== 'string')
      throw new UnencodableMessageError(`publishing ${message.event.type}: header ${name} is no text`, {
        type: message.event.type,
        header: name,
      });
  }
  return headers;
}

/** @throws {UnencodableMessageError} for a header that is neither text nor bytes: the client would fail the whole batch with it. */
export function encodedMessage(key: Buffer | null, value: Buffer | null, headers: EncodedMessage['headers']): EncodedMessage {
  let bytes = recordOverhead + (key?.byteLength ?? 0) + (value?.byteLength ?? 0);
  for (const [name, content] of Object.entries(headers)) {
    if (typeof content !== 'string' && !Buffer.isBuffer(content))
      throw new UnencodableMessageError(`encoding a record: header ${name} is neither text nor bytes`, { header: name });
    bytes += Buffer.byteLength(name) + Buffer.byteLength(content) + 4;
  }
  return { key, value, headers, bytes };
}

/** What a handler is told. */
export function contextOf(
  message: IncomingMessage,
  headers: Readonly<Record<string, string>>,
  type: string,
  attempt: number,
  signal: AbortSignal,
): MessageContext {
  const key = message.key?.toString('utf8') ?? '';
  return {
    topic: message.topic,
    partition: message.partition,
    offset: message.offset,
    key,
    headers,
    eventId: headers[names.id] ?? '',
    eventType: type,
    sequence: headers[names.sequence] ?? key,
    sourceEventId: headers[names.sourceEvent] ?? '',
    attempt,
    signal,
  };
}

/** What is known of a failure when its message is dead-lettered. */
export interface Failure {
  readonly disposition: 'retry' | 'reject' | 'hold';
  readonly code: string;
  readonly text: string;
  readonly context: Readonly<Record<string, string>>;
  readonly attempts: number;
  readonly firstAt: number;
  readonly lastAt: number;
  /** How long the other side said to wait, ms. */
  readonly retryAfterMs?: number | undefined;
  /** Age of its first failure at which it is held instead of tried again, ms. */
  readonly holdAfterMs?: number | undefined;
}

const longestErrorText = 1_000;

/** Headers of a dead letter: the original ones, byte for byte, and ours. The value and the key stay as they are. */
export function deadLetterHeaders(message: IncomingMessage, group: string, failure: Failure): Record<string, string | Buffer> {
  const original: Record<string, string | Buffer> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last !== undefined) original[name] = last;
  }
  return {
    ...original,
    [names.errorCode]: failure.code,
    [names.errorText]: failure.text.slice(0, longestErrorText),
    [names.errorContext]: JSON.stringify(failure.context).slice(0, longestErrorText),
    [names.originalTopic]: message.topic,
    [names.originalPartition]: String(message.partition),
    [names.originalOffset]: message.offset.toString(),
    [names.consumerGroup]: group,
    [names.attempts]: String(failure.attempts),
    ...(failure.disposition === 'hold' ? { [names.disposition]: 'hold' } : {}),
    [names.firstFailureAt]: new Date(failure.firstAt).toISOString(),
    [names.lastFailureAt]: new Date(failure.lastAt).toISOString(),
  };
}

/** The pattern under which handlers get dead letters: raw bytes, from every topic that ends in `.dlq`. */
export const deadLetterPattern = 'dead-letter';

export function isDeadLetterTopic(topic: string): boolean {
  return topic.endsWith('.dlq');
}

export type { EventDefinition };
