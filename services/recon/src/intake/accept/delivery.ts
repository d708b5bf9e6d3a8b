import { headers } from '@tributary/contracts';
import { eventSubject } from '../decide/event-subject.js';
import { rawEvent } from '../decide/raw-event.js';
import { traceIdIn } from '../../shared/decide/trace-id.js';
import { storableTime } from '../../shared/decide/storable-text.js';
import type { Delivery } from '../emit/event.repository.js';

/** A record of stripe.events.v1 as the consumer receives it. */
interface RawRecord {
  readonly partition: number;
  readonly offset: bigint;
  readonly key: string;
  readonly eventId: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Makes a delivery of a record of stripe.events.v1. Never throws: a body that is not JSON yields no ids or amounts.
 * @param body bytes as Stripe sent them.
 */
export function deliveryOf(body: unknown, record: RawRecord): Delivery {
  const header = (name: string): string | null => record.headers[name] || null;
  const type = header(headers.subject) ?? 'unknown';
  return {
    partition: record.partition,
    offset: record.offset,
    eventId: record.eventId || `${record.partition}/${record.offset}`,
    type,
    endpoint: header(headers.endpoint),
    account: header(headers.account),
    receivedAt: storableTime(Date.parse(header(headers.receivedAt) ?? header(headers.time) ?? ''), new Date()),
    raw: rawEvent(type, jsonOf(body)),
    masked: header(headers.masked),
    subject: eventSubject(record.key, Date.parse(header(headers.time) ?? '')),
    traceId: traceIdIn(header(headers.traceparent) ?? ''),
  };
}

function jsonOf(body: unknown): unknown {
  if (!(body instanceof Uint8Array)) return undefined;
  try {
    return JSON.parse(Buffer.from(body).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
