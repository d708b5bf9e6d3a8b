import { events, headers as names } from '@tributary/contracts';
import type { Head, OrderResult } from '@tributary/posting';
import { keyText, textHeaders } from '../envelope.js';
import type { IncomingMessage } from '../envelope.js';
import { outgoing } from '../message.js';
import type { Outgoing } from '../message.js';

/** Says that a message waits behind another. @param now milliseconds. */
export function parkedWord(group: string, sequence: string, message: IncomingMessage, behind: Head | undefined, now: number): Outgoing {
  const { about, envelope } = said(group, sequence, message);
  return outgoing({
    ...envelope,
    event: events.messageParked,
    id: `parked:${group}:${message.topic}/${message.partition}/${message.offset}`,
    value: { ...about, headOffset: Number(behind?.offset ?? message.offset), headCode: behind?.code ?? '', parkedAt: now },
  });
}

/** Says how an order about a dead letter ended. @param now milliseconds. */
export function closedWord(
  group: string,
  sequence: string,
  message: IncomingMessage,
  { order, result }: { readonly order: string; readonly result: OrderResult },
  now: number,
): Outgoing {
  const { about, envelope, text } = said(group, sequence, message);
  return outgoing({
    ...envelope,
    event: events.deadLetterClosed,
    id: `closed:${order}`,
    value: { orderId: order, ...about, result, text: text[names.orderReason] ?? null, closedAt: now },
  });
}

function said(group: string, sequence: string, message: IncomingMessage) {
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
