import { events, headers as names } from '@tributary/contracts';
import type { Head, OrderResult } from '@tributary/posting';
import { keyText, textHeaders } from '../envelope.js';
import type { IncomingMessage } from '../envelope.js';
import { outgoing } from '../message.js';
import type { Outgoing } from '../message.js';

/** The event that a message is parked. @param now milliseconds. */
export function messageParkedEvent(
  group: string,
  sequence: string,
  message: IncomingMessage,
  behind: Head | undefined,
  now: number,
): Outgoing {
  const { about, envelope } = commonParts(group, sequence, message);
  return outgoing({
    ...envelope,
    event: events.messageParked,
    id: `parked:${group}:${message.topic}/${message.partition}/${message.offset}`,
    value: { ...about, headOffset: Number(behind?.offset ?? message.offset), headCode: behind?.code ?? '', parkedAt: now },
  });
}

/** The event that an operator's order about a dead letter has its result. @param now milliseconds. */
export function deadLetterClosedEvent(
  group: string,
  sequence: string,
  message: IncomingMessage,
  { order, result }: { readonly order: string; readonly result: OrderResult },
  now: number,
): Outgoing {
  const { about, envelope, text } = commonParts(group, sequence, message);
  return outgoing({
    ...envelope,
    event: events.deadLetterClosed,
    id: `closed:${order}`,
    value: { orderId: order, ...about, result, text: text[names.orderReason] ?? null, closedAt: now },
  });
}

function commonParts(group: string, sequence: string, message: IncomingMessage) {
  const text = textHeaders(message.headers);
  const sourceEventId = text[names.sourceEvent];
  return {
    text,
    about: {
      consumerGroup: group,
      topic: message.topic,
      partition: message.partition,
      offset: Number(message.offset),
      eventId: text[names.id] ?? '',
      sourceEventId: sourceEventId ?? null,
      sequence,
    },
    envelope: { key: keyText(message.key) ?? sequence, sequence, ...(sourceEventId === undefined ? {} : { sourceEventId }) },
  };
}
