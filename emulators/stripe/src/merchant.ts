import { AccountObjects } from './account-objects.js';
import { BankDebits } from './bank-debits.js';
import { Captures } from './captures.js';
import { Disputes } from './disputes.js';
import { FraudWarnings } from './fraud-warnings.js';
import { Ledger } from './ledger.js';
import { withWholeAddress } from './merchant-rules.js';
import { customerObject } from './objects.js';
import type { Cause } from './objects.js';
import { Payments } from './payments.js';
import type { Confirmation, IntentOptions, Payment, PaymentOptions } from './payments.js';
import { Payouts } from './payouts.js';
import { Refunds } from './refunds.js';
import type { RefundFields } from './refunds.js';
import { Settlement } from './settlement.js';
import type { Collection, Store, StripeObject } from './store.js';
import { StripeCharges } from './stripe-charges.js';
import { Timeline } from './timeline.js';

/**
 * The account of the merchant: every change creates the events that Stripe creates, in the same order (docs/reference/stripe.md, sections
 * 4, 7, 9 to 11). `Deliveries` delivers them.
 */
export class Merchant {
  readonly timeline: Timeline;
  readonly ledger: Ledger;
  readonly payments: Payments;
  readonly bankDebits: BankDebits;
  readonly refunds: Refunds;
  readonly disputes: Disputes;
  readonly payouts: Payouts;
  readonly stripeCharges: StripeCharges;
  readonly fraudWarnings: FraudWarnings;
  private readonly objects: AccountObjects;
  private readonly settlement: Settlement;
  private readonly captures: Captures;

  constructor(
    private readonly store: Store,
    onEvent: (event: StripeObject) => void,
    now: () => number = Date.now,
  ) {
    this.timeline = new Timeline(store, now);
    this.objects = new AccountObjects(store, this.timeline, onEvent);
    this.ledger = new Ledger(this.objects);
    this.settlement = new Settlement(this.objects, this.ledger);
    this.payments = new Payments(this.objects, this.settlement);
    this.captures = new Captures(this.objects, this.settlement);
    this.bankDebits = new BankDebits(this.objects, this.ledger);
    this.refunds = new Refunds(this.objects, this.ledger);
    this.disputes = new Disputes(this.objects, this.ledger);
    this.payouts = new Payouts(this.objects, this.ledger);
    this.stripeCharges = new StripeCharges(this.ledger);
    this.fraudWarnings = new FraudWarnings(this.objects);
  }

  /** Schedules the balance transactions that a restart interrupted. */
  resume(): void {
    this.settlement.resume();
  }

  /** Cancels what is scheduled. */
  close(): void {
    this.settlement.close();
  }

  /** Number of balance transactions that are still to come. */
  get unsettled(): number {
    return this.settlement.outstanding;
  }

  createCustomer(fields: Record<string, unknown>, cause: Cause | null = null): StripeObject {
    const customer = customerObject(this.store.newId('cus'), this.objects.seconds(), withWholeAddress(fields));
    this.store.put('customers', customer);
    this.objects.emit('customer.created', customer, undefined, cause);
    return customer;
  }

  updateCustomer(id: string, changes: Record<string, unknown>, cause: Cause | null = null): StripeObject {
    return this.change('customers', id, 'customer', withWholeAddress(changes), 'customer.updated', cause);
  }

  deleteCustomer(id: string, cause: Cause | null = null): StripeObject {
    const before = this.need('customers', id, 'customer');
    this.store.put('customers', { id, object: 'customer', deleted: true });
    this.objects.emit('customer.deleted', before, undefined, cause);
    return { id, object: 'customer', deleted: true };
  }

  /** See {@link AccountObjects.change}. */
  change(...change: Parameters<AccountObjects['change']>): StripeObject {
    return this.objects.change(...change);
  }

  createIntent(options: IntentOptions, cause: Cause | null = null): StripeObject {
    return this.payments.createIntent(options, cause);
  }

  confirm(intentId: string, how: Confirmation = {}, cause: Cause | null = null): Payment {
    return this.payments.confirm(intentId, how, cause);
  }

  /** Creates an intent and confirms it at once. */
  pay(options: PaymentOptions, cause: Cause | null = null): Payment {
    return this.confirm(this.createIntent(options, cause).id, options, cause);
  }

  cancel(intentId: string, reason: string | null, cause: Cause | null = null): StripeObject {
    return this.payments.cancel(intentId, reason, cause);
  }

  /** @param final false for a piece of a multicapture payment. */
  capture(intentId: string, amount: number | undefined, cause: Cause | null = null, final = true): StripeObject {
    return this.captures.capture(intentId, amount, cause, final);
  }

  /** Makes the balance transaction of a charge now that would come by itself a little later. */
  settle(chargeId: string): void {
    this.settlement.tell(chargeId);
  }

  refund(chargeId: string, amount: number | undefined, fields: RefundFields = {}, cause: Cause | null = null): StripeObject {
    return this.refunds.create(chargeId, amount, fields, cause);
  }

  /** The object of that id. @throws {ApiProblem} 404 resource_missing, in Stripe's words. */
  need(collection: Collection, id: string, word: string, param = 'id'): StripeObject {
    return this.objects.need(collection, id, word, param);
  }
}
