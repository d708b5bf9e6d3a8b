import { Dice } from './dice.js';

/** The result that an event of the load must have. */
export type Expected = 'receipt' | 'customer' | 'dead-letter' | 'ignored';

/** One event of the load, with its expected result. */
export interface LoadEvent {
  readonly eventId: string;
  readonly expected: Expected;
  /** The charge id of a receipt, the customer id of a customer. */
  readonly about: string;
  /** For customers: version of the customer, written to the second address line. */
  readonly version: number | undefined;
  readonly body: string;
}

/** What Kinetic must hold for one payment. */
export interface ExpectedReceipt {
  readonly chargeId: string;
  /** Decimal text without zeros at its end. */
  readonly amount: string;
  readonly currency: string;
  /** Stripe's customer id, or undefined for guests. */
  readonly customerId: string | undefined;
  readonly email: string;
}

/** One delivery of an event, in ms after the begin of the round. */
export interface Delivery {
  readonly atMs: number;
  readonly eventId: string;
}

/** What one round sends and what it must result in. Shares no code with the product. */
export interface Load {
  readonly prefix: string;
  readonly events: readonly LoadEvent[];
  /** In the order of sending; events come out of order and more than once. */
  readonly deliveries: readonly Delivery[];
  readonly receipts: readonly ExpectedReceipt[];
}

/** Size of a load. */
export interface LoadOptions {
  readonly customers: number;
  readonly updatesPerCustomer: number;
  readonly payments: number;
  readonly guests: number;
  readonly lengthMs: number;
}

/** Recorded bodies that serve as templates. */
export interface Models {
  readonly charge: string;
  readonly customer: string;
  readonly noise: readonly string[];
}

type Json = Record<string, unknown>;

/** Digits after the point, ISO 4217. */
const currencies: readonly { readonly code: string; readonly digits: number; readonly step: number }[] = [
  { code: 'usd', digits: 2, step: 1 },
  { code: 'eur', digits: 2, step: 1 },
  { code: 'jpy', digits: 0, step: 1 },
  { code: 'kwd', digits: 3, step: 10 }, // Stripe requires the last digit to be 0
];
/** No profile has a bank account for it, so a payment in it is dead-lettered. */
const unmappedCurrency = { code: 'thb', digits: 2, step: 1 };
const duplicateShare = 0.2;
/** 2026-09-01 12:00 UTC. A campaign covers few days, so that payments share cash groups. */
const firstSecond = 1_788_264_000;
const secondsPerRound = 600;
const loadPurpose = 1;

/** Amount in major units without trailing zeros, as in Kinetic's JSON: 29429 and 2 digits -> `294.29`. */
export function majorText(minor: number, digits: number): string {
  const text = String(minor).padStart(digits + 1, '0');
  const [whole, fraction] = [text.slice(0, text.length - digits), digits === 0 ? '' : text.slice(-digits)];
  const kept = fraction.replace(/0+$/, '');
  return kept === '' ? whole : `${whole}.${kept}`;
}

/** The load of a round; the same for the same seed and round. */
export function loadOf(seed: number, round: number, options: LoadOptions, models: Models): Load {
  const dice = Dice.of(seed, round, loadPurpose);
  const prefix = `${seed.toString(36)}r${round}`;
  const builder = new LoadBuilder(prefix, firstSecond + ((round - 1) % 100) * secondsPerRound, dice, models);
  for (let index = 0; index < options.customers; index += 1) builder.customer(index, options.updatesPerCustomer);
  for (let index = 0; index < options.payments; index += 1) builder.payment(dice.between(0, options.customers - 1));
  for (let index = 0; index < options.guests; index += 1) builder.payment(undefined);
  builder.poison();
  builder.noise();
  return builder.build(options.lengthMs);
}

class LoadBuilder {
  private readonly events: LoadEvent[] = [];
  private readonly receipts: ExpectedReceipt[] = [];
  private readonly amounts = new Set<number>();

  constructor(
    private readonly prefix: string,
    private readonly second: number,
    private readonly dice: Dice,
    private readonly models: Models,
  ) {}

  /** customer.created with version 1, then updates one second apart; version n has `Seq n` in its second address line. */
  customer(index: number, updates: number): void {
    const customerId = this.customerId(index);
    for (let version = 1; version <= updates + 1; version += 1) {
      const event = JSON.parse(this.models.customer) as Json;
      const data = event.data as Json;
      data.object = {
        ...(data.object as Json),
        id: customerId,
        email: this.email(index),
        name: `Chaos ${this.prefix} ${index}`,
        metadata: {},
        address: this.address(version),
      };
      if (version === 1) delete data.previous_attributes;
      else data.previous_attributes = { address: { line2: `Seq ${version - 1}` } };
      const type = version === 1 ? 'customer.created' : 'customer.updated';
      this.add({ ...event, type, created: this.second + index + version }, 'customer', customerId, version);
    }
  }

  /** A payment of a customer, or of a guest when `customer` is undefined. */
  payment(customer: number | undefined): void {
    const number = this.receipts.length;
    const currency = currencies[customer === undefined ? 0 : customer % currencies.length] as (typeof currencies)[number];
    const minor = this.amount(currency.step);
    const email = customer === undefined ? `guest${number}@${this.prefix}.example` : this.email(customer);
    const customerId = customer === undefined ? undefined : this.customerId(customer);
    const chargeId = `ch_${this.prefix}_${number}`;
    this.add(this.charge(chargeId, `pi_${this.prefix}_${number}`, minor, currency.code, customerId, email), 'receipt', chargeId);
    this.receipts.push({ chargeId, amount: majorText(minor, currency.digits), currency: currency.code.toUpperCase(), customerId, email });
  }

  poison(): void {
    const chargeId = `ch_${this.prefix}_poison`;
    const email = `poison@${this.prefix}.example`;
    this.add(
      this.charge(chargeId, `pi_${this.prefix}_poison`, this.amount(1), unmappedCurrency.code, undefined, email),
      'dead-letter',
      chargeId,
    );
  }

  noise(): void {
    for (const text of this.models.noise) {
      const event = JSON.parse(text) as Json;
      this.add(event, 'ignored', String(event.type));
    }
  }

  build(lengthMs: number): Load {
    const first = this.dice.shuffled(this.events).map(({ eventId }) => ({ eventId, atMs: this.dice.between(0, lengthMs) }));
    const again = first
      .filter(() => this.dice.chance(duplicateShare))
      .map(({ eventId }) => ({ eventId, atMs: this.dice.between(0, lengthMs) }));
    const deliveries = [...first, ...again].sort((one, other) => one.atMs - other.atMs);
    return { prefix: this.prefix, events: this.events, deliveries, receipts: this.receipts };
  }

  private add(event: Json, expected: Expected, about: string, version?: number): void {
    const eventId = `evt_${this.prefix}_${this.events.length}`;
    this.events.push({ eventId, expected, about, version, body: JSON.stringify({ ...event, id: eventId }) });
  }

  private charge(id: string, paymentId: string, amount: number, currency: string, customer: string | undefined, email: string): Json {
    const event = JSON.parse(this.models.charge) as Json;
    const data = event.data as Json;
    const model = data.object as Json;
    data.object = {
      ...model,
      id,
      payment_intent: paymentId,
      amount,
      amount_captured: amount,
      currency,
      customer: customer ?? null,
      created: this.second,
      billing_details: { address: this.address(0), email, name: `Chaos ${this.prefix}`, phone: null, tax_id: null },
      metadata: {},
    };
    return { ...event, created: this.second };
  }

  /** A new amount every time, so that exchanged amounts are found. */
  private amount(step: number): number {
    for (;;) {
      const minor = this.dice.between(100, 999_999) * step;
      if (this.amounts.has(minor)) continue;
      this.amounts.add(minor);
      return minor;
    }
  }

  private address(version: number): Json {
    return { city: 'Dayton', country: 'US', line1: '2200 Industrial Pkwy', line2: `Seq ${version}`, postal_code: '45402', state: 'OH' };
  }

  private customerId(index: number): string {
    return `cus_${this.prefix}_${index}`;
  }

  private email(index: number): string {
    return `ap${index}@${this.prefix}.example`;
  }
}
