import { eventState } from '../../intake/decide/event-state.js';
import type { EventStanding } from '../../intake/decide/event-state.js';

/** A payment that is booked in Kinetic and whose document number is written back to Stripe: one event with two targets (I2). */
function booked(result: string | undefined, code?: string): EventStanding {
  const standing = {
    eventId: 'evt_1',
    translated: { ignoredReason: undefined, canonicalCount: 1 },
    facts: [
      { id: 'fact_1', routed: true, ignoredReason: undefined },
      { id: 'outcome_1', routed: true, ignoredReason: undefined },
    ],
    postings: [
      { requestId: 'kinetic', result: 'released', code: undefined },
      { requestId: 'stripe', result, code },
    ],
    deadLetters: [],
    parked: [],
  };
  return standing;
}

it.each([
  ['on its way', undefined, undefined, { state: 'inFlight' }],
  ['done', 'posted', undefined, { state: 'posted' }],
  ['there already', 'duplicate', undefined, { state: 'posted' }],
  ['about an object that Stripe does not have', 'skipped', undefined, { state: 'posted' }],
  ['held', 'held', 'posting.outcome-unknown', { state: 'held', reason: 'posting.outcome-unknown' }],
  ['rejected', 'rejected', 'stripe.parameter_invalid', { state: 'deadLettered', reason: 'stripe.parameter_invalid' }],
])('a payment that is booked, and whose way back is %s', (_how, result, code, expected) => {
  expect(eventState(booked(result, code))).toMatchObject(expected);
});
