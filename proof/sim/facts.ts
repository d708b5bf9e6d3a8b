import { Dice } from '../chaos/dice.js';
import type { PostingRequest } from '@tributary/posting';
import type { Faults } from './faults.js';

/** A posting request as it lies in `postings.<target>.v1`. */
export interface SimRequest extends PostingRequest {
  readonly eventId: string;
  readonly postingKey: string;
  readonly kind: 'customer' | 'cash-receipt' | 'refund';
  readonly dependsOn: readonly string[];
  /** Minor units; signed as the customer's account sees it. 0 for customers (I5). */
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly recordKey: string;
  readonly sequence: string;
  /** Part of the payload that no word, header or lane may carry (I8). */
  readonly secret: string;
  /** Refused until a person mends what it names. */
  readonly bad: boolean;
  /** A customer is deleted: a target that does not know it has nothing to change. */
  readonly deletes: boolean;
}

/** One delivery of an event by Stripe (or by a backfill), mapped to its posting requests. */
export interface Delivery {
  readonly at: number;
  readonly eventId: string;
  readonly partition: number;
  readonly requests: readonly SimRequest[];
}

export interface Facts {
  readonly deliveries: readonly Delivery[];
  /** Every request once, by request id. */
  readonly requests: ReadonlyMap<string, SimRequest>;
}

interface Event {
  readonly eventId: string;
  /** When it happened, s. */
  readonly created: number;
  readonly customer: number;
  readonly requests: readonly SimRequest[];
  /** Its delivery has nothing to do with when it happened. */
  readonly atAnyTime: boolean;
}

const currencies = ['USD', 'JPY', 'BHD'];
/** Deliveries are spread over that time, ms. */
export const deliveryWindowMs = 60_000;

/**
 * What a few customers of a merchant do: they change, pay, and get money back. The mapper is the one of the shipped flows as far as the
 * sink is concerned: a payment makes sure of its customer and enters a receipt; a refund waits for its receipt; a customer that changed is a
 * versioned upsert whose version is the second it changed in and a rank.
 */
export function merchantFacts(seed: number, faults: Faults, partitions: number, startAt: number): Facts {
  const dice = Dice.of(seed, 0, 23);
  const events: Event[] = [];
  const customers = dice.between(2, 3);
  for (let customer = 0; customer < customers; customer += 1) events.push(...customerEvents(customer, dice, faults));
  const requests = new Map<string, SimRequest>();
  for (const event of events) for (const request of event.requests) requests.set(request.requestId, request);
  return { deliveries: deliveriesOf(events, dice, faults, partitions, startAt), requests };
}

function customerEvents(customer: number, dice: Dice, faults: Faults): Event[] {
  const events: Event[] = [];
  const id = `cus_${customer}`;
  let counter = 0;
  let second = 1_000 + customer;
  const add = (created: number, make: (eventId: string) => SimRequest[], atAnyTime = false): void => {
    const eventId = `evt_${customer}_${counter++}`;
    events.push({ eventId, created, customer, requests: make(eventId).map(withAmount), atAnyTime });
  };
  const request = (eventId: string, ordinal: number, rest: Partial<SimRequest> & Pick<SimRequest, 'postingKey' | 'kind'>): SimRequest => ({
    requestId: `req_${eventId}_${ordinal}`,
    eventId,
    protocol: 'create-once',
    version: 0n,
    digest: `digest_${eventId}_${ordinal}`,
    dependsOn: [],
    amountMinor: 0n,
    currency: 'USD',
    recordKey: id,
    sequence: id,
    secret: `sk_${eventId}_4242424242424242`,
    bad: false,
    deletes: false,
    ...rest,
  });
  const customerKey = `t/customer/${id}`;
  const upsert = (created: number, rank: bigint): void =>
    add(created, (eventId) => [
      request(eventId, 0, {
        postingKey: customerKey,
        kind: 'customer',
        protocol: 'versioned-upsert',
        version: BigInt(created) * 10n + rank,
      }),
    ]);
  if (dice.chance(0.7)) upsert(second, 1n);
  for (let payment = dice.between(1, 3); payment > 0; payment -= 1) {
    second += dice.between(0, 5);
    const charge = `ch_${customer}_${payment}`;
    const currency = dice.pick(currencies);
    const amountMinor = BigInt(dice.between(1, 99_999));
    const receiptKey = `t/cash-receipt/${charge}`;
    const bad = faults.has('bad-document') && faults.of('bad-document').chance(0.3);
    if (bad) faults.count('bad-document');
    add(second, (eventId) => [
      request(eventId, 0, { postingKey: customerKey, kind: 'customer', protocol: 'ensure', sequence: charge, digest: `ensure_${id}` }),
      request(eventId, 1, {
        postingKey: receiptKey,
        kind: 'cash-receipt',
        dependsOn: [customerKey],
        amountMinor,
        currency,
        sequence: charge,
        bad,
      }),
    ]);
    if (faults.has('amount-changed') && faults.of('amount-changed').chance(0.4)) {
      faults.count('amount-changed');
      const another = faults.of('amount-changed').chance(0.5)
        ? { amountMinor: amountMinor + 1n, currency }
        : { amountMinor, currency: currency === 'USD' ? 'JPY' : 'USD' };
      add(second + faults.of('amount-changed').between(0, 4), (eventId) => [
        request(eventId, 0, {
          postingKey: receiptKey,
          kind: 'cash-receipt',
          dependsOn: [customerKey],
          sequence: charge,
          ...another,
        }),
      ]);
    }
    for (let refund = dice.between(0, 2); refund > 0; refund -= 1) {
      second += dice.between(0, 3);
      const part = -(amountMinor / 3n) - 1n;
      add(second, (eventId) => [
        request(eventId, 0, {
          postingKey: `t/refund/${charge}_${refund}`,
          kind: 'refund',
          dependsOn: [receiptKey],
          amountMinor: part,
          currency,
          sequence: charge,
        }),
      ]);
    }
    if (dice.chance(0.5)) upsert((second += dice.between(0, 5)), 2n);
  }
  if (faults.has('same-second-burst')) {
    faults.count('same-second-burst');
    for (let more = faults.of('same-second-burst').between(2, 3); more > 0; more -= 1) upsert(second, 2n);
  }
  if (faults.has('customer-deleted') && faults.of('customer-deleted').chance(0.7)) {
    faults.count('customer-deleted');
    const deleted = second + 1;
    add(
      deleted,
      (eventId) => [
        request(eventId, 0, {
          postingKey: customerKey,
          kind: 'customer',
          protocol: 'versioned-upsert',
          version: BigInt(deleted) * 10n + 3n,
          deletes: true,
        }),
      ],
      true,
    );
  }
  return events;
}

/** Master data has no amount. */
function withAmount(request: SimRequest): SimRequest {
  const { kind, amountMinor, currency } = request;
  return kind === 'customer' ? request : { ...request, amount: { minor: amountMinor, currency } };
}

function deliveriesOf(events: readonly Event[], dice: Dice, faults: Faults, partitions: number, startAt: number): Delivery[] {
  const deliveries: Delivery[] = [];
  const first = Math.min(...events.map(({ created }) => created));
  const last = Math.max(...events.map(({ created }) => created));
  const scale = (deliveryWindowMs * 0.7) / Math.max(1, last - first);
  for (const { eventId, created, customer, requests, atAnyTime } of events) {
    // Fast days and slow days: with little time between them events meet each other's calls.
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
