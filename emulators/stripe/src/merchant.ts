import { ApiProblem } from './problem.js';
import { balanceTransactionObject } from './balance-transaction.js';
import { mergedMetadata, notRefundable, previousAttributes, unexpectedState, withWholeAddress } from './merchant-rules.js';
import { billingDetails, customerObject, eventObject, refundObject } from './objects.js';
import type { Billing, Cause } from './objects.js';
import { chargeObject, declinedCharge, declinedError, paymentIntentObject } from './payment-objects.js';
import type { Collection, Store, StripeObject } from './store.js';

/** A payment intent to create; amounts in minor units. */
export interface IntentOptions {
  readonly amount: number;
  readonly currency: string;
  readonly customer?: string | null;
  readonly description?: string | null;
  readonly metadata?: Record<string, string>;
  readonly capture?: 'automatic' | 'automatic_async' | 'manual';
}

/** How a payment intent is confirmed. */
export interface Confirmation {
  readonly billing?: Billing;
  readonly outcome?: 'succeeds' | 'declined';
}

/** A payment intent to create and confirm at once. */
export type PaymentOptions = IntentOptions & Confirmation;

/** Asynchronous capture: the balance transaction follows the success by this much (assumed; Stripe says at most an hour, section 7). */
export const balanceTransactionAfterMs = 400;

/**
 * The account of the merchant: every change creates the events that Stripe creates, in the same order (docs/reference/stripe.md, sections
 * 4, 7, 11). `Deliveries` delivers them.
 */
export class Merchant {
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly store: Store,
    private readonly onEvent: (event: StripeObject) => void,
    private readonly now: () => number = Date.now,
  ) {}

  /** Schedules the balance transactions that a restart interrupted. */
  resume(): void {
    for (const charge of this.store.all('charges'))
      if (charge.captured === true && charge.balance_transaction === null) this.settleLater(charge.id);
  }

  /** Cancels what is scheduled. */
  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  /** Number of balance transactions that are still to come. */
  get unsettled(): number {
    return this.timers.size;
  }

  createCustomer(fields: Record<string, unknown>, cause: Cause | null = null): StripeObject {
    const customer = customerObject(this.store.newId('cus'), this.seconds(), withWholeAddress(fields));
    this.store.put('customers', customer);
    this.emit('customer.created', customer, undefined, cause);
    return customer;
  }

  updateCustomer(id: string, changes: Record<string, unknown>, cause: Cause | null = null): StripeObject {
    return this.change('customers', id, 'customer', withWholeAddress(changes), 'customer.updated', cause);
  }

  deleteCustomer(id: string, cause: Cause | null = null): StripeObject {
    const before = this.need('customers', id, 'customer');
    this.store.put('customers', { id, object: 'customer', deleted: true });
    this.emit('customer.deleted', before, undefined, cause);
    return { id, object: 'customer', deleted: true };
  }

  /**
   * Changes fields of an object; metadata is merged and an empty value deletes its key (section 7). Without a change there is no event.
   * @param type of the event; a payment intent has none for this.
   */
  change(
    collection: Collection,
    id: string,
    word: string,
    changes: Record<string, unknown>,
    type: string | null,
    cause: Cause | null = null,
  ): StripeObject {
    const before = this.need(collection, id, word);
    const metadata = changes.metadata === undefined ? before.metadata : mergedMetadata(before.metadata, changes.metadata);
    const after: StripeObject = { ...before, ...changes, metadata };
    const previous = previousAttributes(before, after);
    if (Object.keys(previous).length === 0) return before;
    this.store.put(collection, after);
    if (type !== null) this.emit(type, after, previous, cause);
    return after;
  }

  /** Creates a payment intent that waits for its confirmation. */
  createIntent(options: IntentOptions, cause: Cause | null = null): StripeObject {
    if (options.customer) this.need('customers', options.customer, 'customer', 'customer');
    const intent = paymentIntentObject(this.store.newId('pi'), this.seconds(), {
      amount: options.amount,
      currency: options.currency,
      customer: options.customer ?? null,
      description: options.description ?? null,
      metadata: options.metadata ?? {},
      capture_method: options.capture ?? 'automatic_async',
    });
    this.store.put('payment_intents', intent);
    this.emit('payment_intent.created', intent, undefined, cause);
    return intent;
  }

  /** Charges an intent's card: the charge succeeds, waits for capture, or is declined; a declined intent may be confirmed again. */
  confirm(intentId: string, how: Confirmation = {}, cause: Cause | null = null): { intent: StripeObject; charge: StripeObject } {
    const intent = this.need('payment_intents', intentId, 'payment_intent');
    if (intent.status !== 'requires_payment_method' && intent.status !== 'requires_confirmation')
      throw unexpectedState(intent, 'confirmed');
    return how.outcome === 'declined' ? this.decline(intent, how, cause) : this.succeed(intent, how, cause);
  }

  /** Creates an intent and confirms it at once. */
  pay(options: PaymentOptions, cause: Cause | null = null): { intent: StripeObject; charge: StripeObject } {
    return this.confirm(this.createIntent(options, cause).id, options, cause);
  }

  cancel(intentId: string, reason: string | null, cause: Cause | null = null): StripeObject {
    const intent = this.need('payment_intents', intentId, 'payment_intent');
    if (intent.status === 'succeeded' || intent.status === 'canceled') throw unexpectedState(intent, 'canceled');
    const after = { ...intent, status: 'canceled', canceled_at: this.seconds(), cancellation_reason: reason, amount_capturable: 0 };
    this.store.put('payment_intents', after);
    this.emit('payment_intent.canceled', after, undefined, cause);
    return after;
  }

  capture(intentId: string, amount: number | undefined, cause: Cause | null = null): StripeObject {
    const intent = this.need('payment_intents', intentId, 'payment_intent');
    if (intent.status !== 'requires_capture') throw unexpectedState(intent, 'captured');
    const captured = amount ?? (intent.amount as number);
    if (captured < 1 || captured > (intent.amount_capturable as number))
      throw new ApiProblem(400, {
        type: 'invalid_request_error',
        code: 'amount_too_large',
        param: 'amount_to_capture',
        message: `The amount to capture (${captured}) is not between 1 and what can be captured (${String(intent.amount_capturable)}).`,
      });
    // The uncaptured rest is released; that `amount_refunded` does not count it is assumed.
    const charge = { ...this.need('charges', intent.latest_charge as string, 'charge'), captured: true, amount_captured: captured };
    this.store.put('charges', charge);
    const after = { ...intent, status: 'succeeded', amount_received: captured, amount_capturable: 0 };
    this.store.put('payment_intents', after);
    this.emit('charge.captured', charge, { captured: false, amount_captured: 0 }, cause);
    this.emit('payment_intent.succeeded', after, undefined, cause);
    this.settleLater(charge.id);
    return after;
  }

  refund(
    chargeId: string,
    amount: number | undefined,
    fields: { reason?: string | null; metadata?: Record<string, string> } = {},
    cause: Cause | null = null,
  ): StripeObject {
    const charge = this.need('charges', chargeId, 'charge', 'charge');
    const left = (charge.amount_captured as number) - (charge.amount_refunded as number);
    const wanted = amount ?? left;
    if (charge.refunded === true || wanted <= 0 || wanted > left) throw notRefundable(charge, wanted, left);
    const created = this.seconds();
    const refundId = this.store.newId('re');
    const transaction = this.ledgerEntry('refund', -wanted, charge, refundId);
    const refund = refundObject(refundId, created, {
      amount: wanted,
      balance_transaction: transaction,
      charge: chargeId,
      currency: charge.currency,
      customer: charge.customer,
      payment_intent: charge.payment_intent,
      payment_method: charge.payment_method,
      reason: fields.reason ?? null,
      metadata: fields.metadata ?? {},
    });
    this.store.put('refunds', refund);
    const refunded = (charge.amount_refunded as number) + wanted;
    const after = { ...charge, amount_refunded: refunded, refunded: refunded === charge.amount_captured };
    this.store.put('charges', after);
    this.emit('refund.created', refund, undefined, cause);
    this.emit('charge.refunded', after, previousAttributes(charge, after), cause);
    return refund;
  }

  /** The object of that id. @throws {ApiProblem} 404 resource_missing, in Stripe's words. */
  need(collection: Collection, id: string, word: string, param = 'id'): StripeObject {
    const found = this.store.get(collection, id);
    if (!found || found.deleted === true)
      throw new ApiProblem(404, { type: 'invalid_request_error', code: 'resource_missing', message: `No such ${word}: '${id}'`, param });
    return found;
  }

  private succeed(intent: StripeObject, { billing }: Confirmation, cause: Cause | null): { intent: StripeObject; charge: StripeObject } {
    const manual = intent.capture_method === 'manual';
    const amount = intent.amount as number;
    const charge = this.charge(intent, billing, {
      amount_captured: manual ? 0 : amount,
      captured: !manual,
      paid: true,
      status: 'succeeded',
    });
    // Synchronous capture knows its balance transaction at once (section 7).
    const settled = intent.capture_method === 'automatic' ? this.settled(charge) : charge;
    const after = {
      ...intent,
      amount_received: manual ? 0 : amount,
      amount_capturable: manual ? amount : 0,
      last_payment_error: null,
      latest_charge: charge.id,
      payment_method: charge.payment_method,
      status: manual ? 'requires_capture' : 'succeeded',
    };
    this.store.put('payment_intents', after);
    this.emit('charge.succeeded', settled, undefined, cause);
    this.emit(manual ? 'payment_intent.amount_capturable_updated' : 'payment_intent.succeeded', after, undefined, cause);
    if (intent.capture_method === 'automatic_async') this.settleLater(charge.id);
    return { intent: after, charge: settled };
  }

  private decline(intent: StripeObject, { billing }: Confirmation, cause: Cause | null): { intent: StripeObject; charge: StripeObject } {
    const fields = { amount_captured: 0, captured: false, paid: false, status: 'failed', ...declinedCharge };
    const charge = this.charge(intent, billing, fields);
    const error = declinedError(charge.id);
    const after = { ...intent, last_payment_error: error, latest_charge: charge.id, status: 'requires_payment_method' };
    this.store.put('payment_intents', after);
    this.emit('charge.failed', charge, undefined, cause);
    this.emit('payment_intent.payment_failed', after, undefined, cause);
    return { intent: after, charge };
  }

  private charge(intent: StripeObject, billing: Billing | undefined, fields: Record<string, unknown>): StripeObject {
    const { amount, currency, customer, description, metadata } = intent;
    const charge = chargeObject(this.store.newId('ch'), this.seconds(), {
      ...{ amount, currency, customer, description, metadata },
      billing_details: billingDetails(billing ?? this.billingOf(customer as string | null)),
      payment_intent: intent.id,
      payment_method: this.store.newId('pm'),
      ...fields,
    });
    this.store.put('charges', charge);
    return charge;
  }

  private settleLater(chargeId: string): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      const charge = this.store.get('charges', chargeId);
      if (!charge || charge.balance_transaction) return;
      this.store.together(() => this.emit('charge.updated', this.settled(charge), { balance_transaction: null }, null));
    }, balanceTransactionAfterMs);
    this.timers.add(timer);
  }

  private settled(charge: StripeObject): StripeObject {
    const transaction = this.ledgerEntry('charge', charge.amount_captured as number, charge, charge.id);
    const after = { ...charge, balance_transaction: transaction };
    this.store.put('charges', after);
    return after;
  }

  private ledgerEntry(type: 'charge' | 'refund', amount: number, charge: StripeObject, source: string): string {
    const of = { type, category: type, amount, currency: charge.currency as string, source, withFee: type === 'charge' };
    const transaction = balanceTransactionObject(this.store.newId('txn'), this.seconds(), of);
    this.store.put('balance_transactions', transaction);
    return transaction.id;
  }

  private billingOf(customerId: string | null): Billing {
    const customer = customerId ? this.store.get('customers', customerId) : undefined;
    return {
      name: (customer?.name as string | null) ?? null,
      email: (customer?.email as string | null) ?? null,
      phone: (customer?.phone as string | null) ?? null,
      address: (customer?.address as Billing['address']) ?? null,
    };
  }

  private emit(type: string, object: StripeObject, previous: Record<string, unknown> | undefined, cause: Cause | null): void {
    const event = eventObject(this.store.newId('evt'), this.seconds(), type, object, previous, cause);
    this.store.put('events', event);
    this.onEvent(event);
  }

  private seconds(): number {
    return Math.floor(this.now() / 1_000);
  }
}
