import { contentTypeOf, headers as names } from '@tributary/contracts';
import type { EventDefinition } from '@tributary/contracts';
import { setEntry } from '@tributary/domain';
import { UnencodableMessageError } from './errors.js';
import { headerText, idText, storableText } from './header-text.js';
import type { EncodedMessage } from './partition-send-queue.js';
import type { MessageContext, Outgoing } from './message.js';

/** Framing of one record beside key, value and headers (docs/reference/kafkajs.md, 2.10). */
const recordOverhead = 70;

type HeaderValue = Buffer | string | null;

/** A message as a consumer gets it, whatever the transport. */
export interface IncomingMessage {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  /** Kafka allows null values. */
  readonly headers: Readonly<Record<string, HeaderValue | HeaderValue[] | undefined>>;
  /** Broker's timestamp, milliseconds. */
  readonly timestamp: number;
}

/** Headers as they were read, one value each: of a repeated header the last one. A null value becomes an empty one. */
export function lastHeaders(headers: IncomingMessage['headers']): Record<string, string | Buffer> {
  const given: Record<string, string | Buffer> = {};
  for (const name of Object.keys(headers)) {
    const last = lastOf(headers[name]);
    if (last !== undefined) setEntry(given, name, last ?? Buffer.alloc(0));
  }
  return given;
}

/** Headers as text that every store can hold ({@link headerText}); of a repeated header the last value. */
export function textHeaders(headers: IncomingMessage['headers']): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const name of Object.keys(headers)) {
    const text = textHeader(headers, name);
    if (text !== undefined) setEntry(texts, name, text);
  }
  return texts;
}

/** One header as {@link textHeaders} has it; undefined when the message has none of that name. */
export function textHeader(headers: IncomingMessage['headers'], name: string): string | undefined {
  const last = lastOf(headers[name]);
  return last === undefined ? undefined : headerText(name, last?.toString() ?? '');
}

function lastOf(value: HeaderValue | HeaderValue[] | undefined): HeaderValue | undefined {
  return Array.isArray(value) ? value.at(-1) : value;
}

/** A record key as text that every store can hold; undefined without a key. */
export function keyText(key: Buffer | null): string | undefined {
  return key === null ? undefined : idText(key.toString('utf8'));
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

/**
 * CloudEvents headers (binary mode) and ours, as text that every reader can hold: see {@link headerText}.
 * @param now milliseconds; `ce_time` unless the message brings its own.
 * @throws {UnencodableMessageError} for a value that is not a string.
 */
export function headersOf(message: Outgoing, source: string, now: number): Record<string, string> {
  const headers: Record<string, string> = {
    [names.specVersion]: '1.0',
    [names.id]: message.id,
    [names.type]: message.event.type,
    [names.source]: source,
    [names.time]: message.headers?.[names.time] ?? new Date(now).toISOString(),
    [names.contentType]: contentTypeOf(message.event),
    ...(message.sequence === undefined ? {} : { [names.sequence]: message.sequence }),
    ...(message.sourceEventId === undefined ? {} : { [names.sourceEvent]: message.sourceEventId }),
    ...message.headers,
  };
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (typeof value !== 'string')
      throw new UnencodableMessageError(`publishing ${message.event.type}: header ${storableText(name)} is no text`, {
        type: message.event.type,
        header: storableText(name),
      });
    headers[name] = headerText(name, value);
  }
  return headers;
}

/** @throws {UnencodableMessageError} for a header that is neither text nor bytes: the client would fail the whole batch with it. */
export function encodedMessage(key: Buffer | null, value: Buffer | null, headers: EncodedMessage['headers']): EncodedMessage {
  let bytes = recordOverhead + (key?.byteLength ?? 0) + (value?.byteLength ?? 0);
  // Measured as one text: the line ends keep halves of a surrogate pair apart.
  let text = '';
  for (const name of Object.keys(headers)) {
    const content = headers[name];
    if (typeof content === 'string') {
      text += `${name}\n${content}\n`;
      bytes += 2;
    } else if (Buffer.isBuffer(content)) bytes += Buffer.byteLength(name) + content.length + 4;
    else
      throw new UnencodableMessageError(`encoding a record: header ${storableText(name)} is neither text nor bytes`, {
        header: storableText(name),
      });
  }
  bytes += Buffer.byteLength(text);
  return { key, value, headers, bytes };
}

/** The context of a message for its handler. */
export function contextOf(
  message: IncomingMessage,
  headers: Readonly<Record<string, string>>,
  type: string,
  attempt: number,
  signal: AbortSignal,
): MessageContext {
  const key = keyText(message.key) ?? '';
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

/** The pattern under which handlers get dead letters: raw bytes, from every topic that ends in `.dlq`. */
export const deadLetterPattern = 'dead-letter';

/** Whether a topic holds dead letters: its name ends in `.dlq`. */
export function isDeadLetterTopic(topic: string): boolean {
  return topic.endsWith('.dlq');
}

export type { EventDefinition };
