import type { DeadLetterRecord } from '../desk/emit/dead-letter.recorder.js';

/** A dead letter of the translate group. `offset` is both its own and that of its message, unless `source` is given. */
export function aLetter(change: Partial<DeadLetterRecord> = {}): DeadLetterRecord {
  const eventId = change.eventId ?? 'evt_1';
  const offset = change.offset ?? 0n;
  const source = { group: 'tributary-translate', topic: 'stripe.events.v1', partition: 0, offset };
  return {
    topic: `${source.topic}.${source.group}.dlq`,
    partition: 0,
    offset,
    eventId,
    messageId: eventId,
    code: 'stripe.object-invalid',
    text: null,
    deadAt: new Date('2026-11-21T06:00:00Z'),
    firstFailureAt: null,
    attempts: 1,
    held: false,
    source,
    sequence: 'pi_1',
    eventType: 'stripe.event-received',
    key: 'cus_1',
    value: Buffer.from(JSON.stringify({ id: eventId, type: 'charge.succeeded', data: { object: { id: 'ch_1' } } })),
    headers: {},
    money: undefined,
    ...change,
  };
}
