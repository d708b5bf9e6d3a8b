import type { Dice } from '../chaos/dice.js';
import type { MerchantEvent } from './customer-history.js';
import type { SimRequest } from './sim-request.js';
import type { Faults } from './faults.js';

/** One delivery of an event by Stripe (or by a backfill), mapped to its posting requests. */
export interface Delivery {
  readonly at: number;
  readonly eventId: string;
  readonly partition: number;
  readonly requests: readonly SimRequest[];
}

/** Period over which deliveries are spread, ms. */
export const deliveryWindowMs = 60_000;

/** When each event is delivered, and how often: late, out of order, twice, or again by a backfill. Sorted by time. */
export function deliveriesOf(
  events: readonly MerchantEvent[],
  dice: Dice,
  faults: Faults,
  partitions: number,
  startAt: number,
): Delivery[] {
  const deliveries: Delivery[] = [];
  const first = Math.min(...events.map(({ created }) => created));
  const last = Math.max(...events.map(({ created }) => created));
  const scale = (deliveryWindowMs * 0.7) / Math.max(1, last - first);
  for (const { eventId, created, customer, requests, atAnyTime } of events) {
    // With little time between them, events arrive while calls of earlier ones are still in flight.
    let at = startAt + (created - first) * scale + dice.between(0, 300);
    if (atAnyTime) at = startAt + faults.of('customer-deleted').between(0, deliveryWindowMs * 0.7);
    if (faults.strikes('reorder', 0.4)) at += faults.of('reorder').between(0, 8_000);
    if (faults.strikes('delay', 0.15)) at += faults.of('delay').between(20_000, 150_000);
    const deliver = (time: number): number => deliveries.push({ at: time, eventId, partition: customer % partitions, requests });
    deliver(at);
    if (faults.strikes('duplicate', 0.3)) deliver(at + faults.of('duplicate').between(0, 90_000));
    if (faults.strikes('redelivery', 0.2)) deliver(at + faults.of('redelivery').between(1, 40));
    if (faults.strikes('stale-backfill', 0.25)) deliver(startAt + deliveryWindowMs + faults.of('stale-backfill').between(0, 120_000));
  }
  return deliveries.sort((a, b) => a.at - b.at);
}
