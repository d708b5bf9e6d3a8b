import { events } from '@tributary/contracts';
import type { MapperTable } from '../mapper.js';
import { toldAs, toldAsChanged } from '../told.js';
import { fromStripeChargeCaptured } from './from-stripe-charge-captured.js';
import { fromStripeChargeDisputeClosed } from './from-stripe-charge-dispute-closed.js';
import { fromStripeChargeDisputeCreated } from './from-stripe-charge-dispute-created.js';
import { fromStripeChargeDisputeFundsReinstated } from './from-stripe-charge-dispute-funds-reinstated.js';
import { fromStripeChargeDisputeFundsWithdrawn } from './from-stripe-charge-dispute-funds-withdrawn.js';
import { fromStripeChargeDisputeUpdated } from './from-stripe-charge-dispute-updated.js';
import { fromStripeChargeFailed } from './from-stripe-charge-failed.js';
import { fromStripeChargePending } from './from-stripe-charge-pending.js';
import { fromStripeChargeRefunded } from './from-stripe-charge-refunded.js';
import { fromStripeChargeSucceeded } from './from-stripe-charge-succeeded.js';
import { fromStripeChargeUpdated } from './from-stripe-charge-updated.js';
import { fromStripePaymentIntentSucceeded } from './from-stripe-payment-intent-succeeded.js';
import { fromStripeRefundCreated } from './from-stripe-refund-created.js';
import { fromStripeRefundFailed } from './from-stripe-refund-failed.js';
import { fromStripeRefundUpdated } from './from-stripe-refund-updated.js';
import { abandonedReading, orderReading } from './stripe-checkout.js';
import { creditNoteReading } from './stripe-credit-note.js';

/** Stripe events that become facts of `ar.v1`. */
export const arMappers: MapperTable = {
  'charge.succeeded': fromStripeChargeSucceeded,
  'charge.captured': fromStripeChargeCaptured,
  'charge.updated': fromStripeChargeUpdated,
  'charge.pending': fromStripeChargePending,
  'charge.failed': fromStripeChargeFailed,
  'charge.refunded': fromStripeChargeRefunded,
  'charge.dispute.created': fromStripeChargeDisputeCreated,
  'charge.dispute.funds_withdrawn': fromStripeChargeDisputeFundsWithdrawn,
  'charge.dispute.updated': fromStripeChargeDisputeUpdated,
  'charge.dispute.funds_reinstated': fromStripeChargeDisputeFundsReinstated,
  'charge.dispute.closed': fromStripeChargeDisputeClosed,
  'refund.created': fromStripeRefundCreated,
  'refund.updated': fromStripeRefundUpdated,
  'refund.failed': fromStripeRefundFailed,
  'payment_intent.succeeded': fromStripePaymentIntentSucceeded,
  'credit_note.created': toldAs(events.creditNoteIssued, creditNoteReading),
  'credit_note.updated': toldAsChanged(events.creditNoteUpdated, creditNoteReading),
  'credit_note.voided': toldAs(events.creditNoteVoided, creditNoteReading),
  'checkout.session.completed': toldAs(events.checkoutCompleted, orderReading),
  'checkout.session.async_payment_succeeded': toldAs(events.checkoutPaymentSucceeded, orderReading),
  'checkout.session.async_payment_failed': toldAs(events.checkoutPaymentFailed, abandonedReading),
  'checkout.session.expired': toldAs(events.checkoutExpired, abandonedReading),
};
