import { ApiProblem } from './problem.js';
import {
  balanceTransactionObject,
  billingDetails,
  chargeObject,
  customerObject,
  eventObject,
  paymentIntentObject,
  refundObject,
} from './objects.js';
import type { Billing } from './objects.js';
import type { Collection, Store, StripeObject } from './store.js';

export interface PaymentOptions {
  readonly amount: number;
  readonly currency: string;
  readonly customer?: string | null;
  readonly billing?: Billing;
  readonly description?: string | null;
  readonly metadata?: Record<string, string>;
  readonly capture?: 'automatic_async' | 'manual';
  readonly outcome?: 'succeeds' | 'declined';
}

/** Asynchronous capture: the balance transaction follows the success by this much (assumed; Stripe says at most an hour, section 7). */
export const balanceTransactionAfterMs = 400;

/**
 * What happens in the account: every change makes the events that Stripe makes, in the order it happens (docs/reference/stripe.md,
 * sections 4, 7, 11). Deliveries are another matter: `Deliveries`.
 */
export class Merchant {
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly store: Store,
    private readonly onEvent: (event: StripeObject) => void,
    private readonly now: () => number = Date.now,
  ) {}

  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
  }

  /** Balance transactions that are still to come: a day is not over before them. */
  get unsettled(): number {
    return this.timers.size;
  }

  createCustomer(fields: Record<string, unknown>, key: string | null = null): StripeObject {
    const customer = customerObject(this.store.newId('cus'), this.seconds(), fields);
    this.store.put('customers', customer);
    this.emit('customer.created', customer, undefined, key);
    return customer;
  }

  updateCustomer(id: string, changes: Record<string, unknown>, key: string | null = null): StripeObject {
    const before = this.need('customers', id, 'customer');
    const metadata = mergedMetadata(before.metadata, changes.metadata);
    const after: StripeObject = { ...before, ...changes, ...(changes.metadata === undefined ? {} : { metadata }) };
    const changed = Object.keys(changes).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
    if (changed.length === 0) return before;
    this.store.put('customers', after);
    this.emit('customer.updated', after, Object.fromEntries(changed.map((name) => [name, before[name] ?? null])), key);
    return after;
  }

  deleteCustomer(id: string, key: string | null = null): StripeObject {
    const before = this.need('customers', id, 'customer');
    this.store.put('customers', { id, object: 'customer', deleted: true });
    this.emit('customer.deleted', before, undefined, key);
    return { id, object: 'customer', deleted: true };
  }

  /** A payment intent, confirmed: one charge that succeeds, waits for capture, or is declined. */
  pay(options: PaymentOptions, key: string | null = null): { intent: StripeObject; charge: StripeObject } {
    if (options.customer) this.need('customers', options.customer, 'customer');
    const intentId = this.store.newId('pi');
    const created = this.seconds();
    const declined = options.outcome === 'declined';
    const manual = options.capture === 'manual';
    const shared = {
      amount: options.amount,
      currency: options.currency,
      customer: options.customer ?? null,
      description: options.description ?? null,
      metadata: options.metadata ?? {},
    };
    const charge = chargeObject(this.store.newId('ch'), created, {
      ...shared,
      amount_captured: declined || manual ? 0 : options.amount,
      billing_details: billingDetails(options.billing ?? this.billingOf(options.customer)),
      captured: !declined && !manual,
      paid: !declined,
      payment_intent: intentId,
      payment_method: this.store.newId('pm'),
      status: declined ? 'failed' : 'succeeded',
      ...(declined ? { failure_code: 'card_declined', failure_message: 'Your card was declined.' } : {}),
    });
    this.store.put('charges', charge);
    const intent = paymentIntentObject(intentId, created, {
      ...shared,
      amount_received: declined || manual ? 0 : options.amount,
      amount_capturable: manual ? options.amount : 0,
      capture_method: options.capture ?? 'automatic_async',
      latest_charge: charge.id,
      status: declined ? 'requires_payment_method' : manual ? 'requires_capture' : 'succeeded',
      ...(declined ? { last_payment_error: { code: 'card_declined', message: 'Your card was declined.', type: 'card_error' } } : {}),
    });
    this.store.put('payment_intents', intent);
    if (declined) {
      this.emit('charge.failed', charge, undefined, key);
      this.emit('payment_intent.payment_failed', intent, undefined, key);
    } else {
      this.emit('charge.succeeded', charge, undefined, key);
      if (manual) this.emit('payment_intent.amount_capturable_updated', intent, undefined, key);
      else this.emit('payment_intent.succeeded', intent, undefined, key);
      if (!manual) this.settleLater(charge.id);
    }
    return { intent, charge };
  }

  capture(intentId: string, amount: number | undefined, key: string | null = null): StripeObject {
    const intent = this.need('payment_intents', intentId, 'payment_intent');
    if (intent.status !== 'requires_capture') {
      throw new ApiProblem(400, {
        type: 'invalid_request_error',
        code: 'payment_intent_unexpected_state',
        message: `This PaymentIntent's status is ${String(intent.status)}; it cannot be captured.`,
      });
    }
    const captured = amount ?? (intent.amount as number);
    const charge = { ...this.need('charges', intent.latest_charge as string, 'charge'), captured: true, amount_captured: captured };
    this.store.put('charges', charge);
    const after = { ...intent, status: 'succeeded', amount_received: captured, amount_capturable: 0 };
    this.store.put('payment_intents', after);
    this.emit('charge.captured', charge, { captured: false, amount_captured: 0 }, key);
    this.emit('payment_intent.succeeded', after, undefined, key);
    this.settleLater(charge.id);
    return after;
  }

  refund(
    chargeId: string,
    amount: number | undefined,
    fields: { reason?: string | null; metadata?: Record<string, string> } = {},
    key: string | null = null,
  ): StripeObject {
    const charge = this.need('charges', chargeId, 'charge');
    const left = (charge.amount_captured as number) - (charge.amount_refunded as number);
    const wanted = amount ?? left;
    if (wanted <= 0 || wanted > left) {
      throw new ApiProblem(400, {
        type: 'invalid_request_error',
        param: 'amount',
        message: `Refund amount (${wanted}) is greater than unrefunded amount on charge (${left})`,
      });
    }
    const created = this.seconds();
    const refundId = this.store.newId('re');
    const transaction = balanceTransactionObject(this.store.newId('txn'), created, {
      type: 'refund',
      category: 'refund',
      amount: -wanted,
      currency: charge.currency as string,
      source: refundId,
      withFee: false,
    });
    this.store.put('balance_transactions', transaction);
    const refund = refundObject(refundId, created, {
      amount: wanted,
      balance_transaction: transaction.id,
      charge: chargeId,
      currency: charge.currency,
      customer: charge.customer,
      payment_intent: charge.payment_intent,
      reason: fields.reason ?? null,
      metadata: fields.metadata ?? {},
    });
    this.store.put('refunds', refund);
    const refunded = (charge.amount_refunded as number) + wanted;
    const after = { ...charge, amount_refunded: refunded, refunded: refunded === charge.amount_captured };
    this.store.put('charges', after);
    this.emit('refund.created', refund, undefined, key);
    this.emit('charge.refunded', after, { amount_refunded: charge.amount_refunded, ...(after.refunded ? { refunded: false } : {}) }, key);
    return refund;
  }

  private settleLater(chargeId: string): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      const charge = this.store.get('charges', chargeId);
      if (!charge || charge.balance_transaction) return;
      const transaction = balanceTransactionObject(this.store.newId('txn'), this.seconds(), {
        type: 'charge',
        category: 'charge',
        amount: charge.amount_captured as number,
        currency: charge.currency as string,
        source: chargeId,
        withFee: true,
      });
      this.store.put('balance_transactions', transaction);
      const after = { ...charge, balance_transaction: transaction.id };
      this.store.put('charges', after);
      this.emit('charge.updated', after, { balance_transaction: null }, null);
    }, balanceTransactionAfterMs);
    this.timers.add(timer);
  }

  private billingOf(customerId: string | null | undefined): Billing {
    const customer = customerId ? this.store.get('customers', customerId) : undefined;
    return {
      name: (customer?.name as string | null) ?? null,
      email: (customer?.email as string | null) ?? null,
      phone: (customer?.phone as string | null) ?? null,
      address: (customer?.address as Billing['address']) ?? null,
    };
  }

  /** @throws {ApiProblem} 404 resource_missing, as Stripe words it. */
  need(collection: Collection, id: string, word: string): StripeObject {
    const found = this.store.get(collection, id);
    if (!found || found.deleted === true)
      throw new ApiProblem(404, {
        type: 'invalid_request_error',
        code: 'resource_missing',
        message: `No such ${word}: '${id}'`,
        param: 'id',
      });
    return found;
  }

  private emit(type: string, object: StripeObject, previous: Record<string, unknown> | undefined, key: string | null): void {
    const event = eventObject(this.store.newId('evt'), this.seconds(), type, object, previous, key);
    this.store.put('events', event);
    this.onEvent(event);
  }

  private seconds(): number {
    return Math.floor(this.now() / 1_000);
  }
}

/** Empty values delete a key (section 7). */
function mergedMetadata(before: unknown, changes: unknown): Record<string, string> {
  const merged = { ...(before as Record<string, string>), ...(changes as Record<string, string> | undefined) };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''));
}
