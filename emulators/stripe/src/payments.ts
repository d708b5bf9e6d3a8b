import type { AccountObjects } from './account-objects.js';
import { unexpectedState } from './merchant-rules.js';
import type { Billing, Cause } from './objects.js';
import { newCharge } from './new-charge.js';
import { declinedCharge, declinedError, paymentIntentObject } from './payment-objects.js';
import type { Settlement } from './settlement.js';
import type { StripeObject } from './store.js';

/** A payment intent to create; amounts in minor units. */
export interface IntentOptions {
  readonly amount: number;
  readonly currency: string;
  readonly customer?: string | null;
  readonly description?: string | null;
  readonly metadata?: Record<string, string>;
  readonly capture?: 'automatic' | 'automatic_async' | 'manual';
  /** Bank debits are pending first; Payments.clear and Payments.bounce end that. */
  readonly method?: 'card' | 'us_bank_account';
  /** With manual capture: the charge may be captured in pieces. */
  readonly multicapture?: boolean;
}

/** How a payment intent is confirmed. */
export interface Confirmation {
  readonly billing?: Billing;
  readonly outcome?: 'succeeds' | 'declined';
}

/** A payment intent to create and confirm at once. */
export type PaymentOptions = IntentOptions & Confirmation;

/** An intent and its charge, after a step of their life. */
export interface Payment {
  readonly intent: StripeObject;
  readonly charge: StripeObject;
}

/** Payment intents and their charges until the money is captured (sections 4 and 7). */
export class Payments {
  constructor(
    private readonly objects: AccountObjects,
    private readonly settlement: Settlement,
  ) {}

  /** Creates a payment intent that waits for its confirmation. */
  createIntent(options: IntentOptions, cause: Cause | null = null): StripeObject {
    if (options.customer) this.objects.need('customers', options.customer, 'customer', 'customer');
    const method = options.method ?? 'card';
    const intent = paymentIntentObject(this.objects.store.newId('pi'), this.objects.seconds(), {
      amount: options.amount,
      currency: options.currency,
      customer: options.customer ?? null,
      description: options.description ?? null,
      metadata: options.metadata ?? {},
      capture_method: options.capture ?? 'automatic_async',
      ...(method === 'card' ? {} : { payment_method_options: { [method]: {} }, payment_method_types: [method] }),
      ...(options.multicapture ? { payment_method_options: { card: { request_multicapture: 'if_available' } } } : {}),
    });
    this.objects.store.put('payment_intents', intent);
    this.objects.emit('payment_intent.created', intent, undefined, cause);
    return intent;
  }

  /** Charges an intent: it succeeds, waits for capture or for the bank, or is declined; a declined intent may be confirmed again. */
  confirm(intentId: string, how: Confirmation = {}, cause: Cause | null = null): Payment {
    const intent = this.objects.need('payment_intents', intentId, 'payment_intent');
    if (intent.status !== 'requires_payment_method' && intent.status !== 'requires_confirmation')
      throw unexpectedState(intent, 'confirmed');
    if (how.outcome === 'declined') return this.decline(intent, how, cause);
    return (intent.payment_method_types as string[])[0] === 'card' ? this.succeed(intent, how, cause) : this.wait(intent, how, cause);
  }

  /** Ends the life of an intent that was not captured. */
  cancel(intentId: string, reason: string | null, cause: Cause | null = null): StripeObject {
    const intent = this.objects.need('payment_intents', intentId, 'payment_intent');
    if (intent.status === 'succeeded' || intent.status === 'canceled') throw unexpectedState(intent, 'canceled');
    const after = { ...intent, status: 'canceled', canceled_at: this.objects.seconds(), cancellation_reason: reason, amount_capturable: 0 };
    this.objects.store.put('payment_intents', after);
    this.objects.emit('payment_intent.canceled', after, undefined, cause);
    return after;
  }

  private succeed(intent: StripeObject, { billing }: Confirmation, cause: Cause | null): Payment {
    const manual = intent.capture_method === 'manual';
    const amount = intent.amount as number;
    const charge = newCharge(this.objects, intent, billing, {
      amount_captured: manual ? 0 : amount,
      captured: !manual,
      paid: true,
      status: 'succeeded',
    });
    // Synchronous capture knows its balance transaction at once (section 7).
    const settled = intent.capture_method === 'automatic' ? this.settlement.now(charge, amount) : charge;
    const after = {
      ...intent,
      amount_received: manual ? 0 : amount,
      amount_capturable: manual ? amount : 0,
      last_payment_error: null,
      latest_charge: charge.id,
      payment_method: charge.payment_method,
      status: manual ? 'requires_capture' : 'succeeded',
    };
    this.objects.store.put('payment_intents', after);
    this.objects.emit('charge.succeeded', settled, undefined, cause);
    this.objects.emit(manual ? 'payment_intent.amount_capturable_updated' : 'payment_intent.succeeded', after, undefined, cause);
    if (intent.capture_method === 'automatic_async') this.settlement.later(charge.id);
    return { intent: after, charge: settled };
  }

  /** A bank debit is pending for days, and has its balance transaction from the start (events/charge.pending.us_bank_account.json). */
  private wait(intent: StripeObject, { billing }: Confirmation, cause: Cause | null): Payment {
    const pending = newCharge(this.objects, intent, billing, {
      amount_captured: intent.amount,
      calculated_statement_descriptor: null,
      captured: true,
      outcome: { ...pendingOutcome },
      paid: false,
      status: 'pending',
    });
    const charge = this.settlement.now(pending, intent.amount as number);
    const after = { ...intent, latest_charge: charge.id, payment_method: charge.payment_method, status: 'processing' };
    this.objects.store.put('payment_intents', after);
    this.objects.emit('charge.pending', charge, undefined, cause);
    this.objects.emit('payment_intent.processing', after, undefined, cause);
    return { intent: after, charge };
  }

  private decline(intent: StripeObject, { billing }: Confirmation, cause: Cause | null): Payment {
    const fields = { amount_captured: 0, captured: false, paid: false, status: 'failed', ...declinedCharge };
    const charge = newCharge(this.objects, intent, billing, fields);
    const error = declinedError(charge.id);
    const after = { ...intent, last_payment_error: error, latest_charge: charge.id, status: 'requires_payment_method' };
    this.objects.store.put('payment_intents', after);
    this.objects.emit('charge.failed', charge, undefined, cause);
    this.objects.emit('payment_intent.payment_failed', after, undefined, cause);
    return { intent: after, charge };
  }
}

const pendingOutcome = {
  advice_code: null,
  network_advice_code: null,
  network_decline_code: null,
  network_status: 'approved_by_network',
  reason: null,
  risk_level: 'not_assessed',
  seller_message: 'Payment complete.',
  type: 'authorized',
};
