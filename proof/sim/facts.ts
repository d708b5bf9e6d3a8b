import { Dice } from '../chaos/dice.js';
import { CustomerHistory } from './customer-history.js';
import type { MerchantEvent } from './customer-history.js';
import type { Core } from './core.js';
import { deliveriesOf } from './deliveries.js';
import type { Delivery } from './deliveries.js';
import type { Faults } from './faults.js';
import type { SimRequest } from './sim-request.js';

/** Everything that happens to one merchant. */
export interface Facts {
  readonly deliveries: readonly Delivery[];
  /** Every request once, by request id. */
  readonly requests: ReadonlyMap<string, SimRequest>;
  /** What moved the Stripe balance, with the request that the shipped flows book it with. */
  readonly movements: readonly SimRequest[];
}

/**
 * Generates what a few customers of a merchant do: they change, pay, and get refunds. Requests are mapped as the shipped flows do, as far as
 * the sink is concerned: a payment ensures its customer and enters a receipt; a refund depends on its receipt; a changed customer is a
 * versioned upsert whose version is the second of the change and a rank.
 */
export function merchantFacts(seed: number, core: Pick<Core, 'mapped'>, faults: Faults, partitions: number, startAt: number): Facts {
  const dice = Dice.of(seed, 0, 23);
  const events: MerchantEvent[] = [];
  const customers = dice.between(2, 3);
  for (let customer = 0; customer < customers; customer += 1) events.push(...new CustomerHistory(customer, dice, faults).events());
  const movements = events.flatMap((event) => event.requests.filter(({ stripeMinor }) => stripeMinor !== 0n));
  const mapped = events.map((event) => ({ ...event, requests: core.mapped(event.requests) }));
  const requests = new Map<string, SimRequest>();
  for (const event of mapped) for (const request of event.requests) requests.set(request.requestId, request);
  return { deliveries: deliveriesOf(mapped, dice, faults, partitions, startAt), requests, movements };
}
