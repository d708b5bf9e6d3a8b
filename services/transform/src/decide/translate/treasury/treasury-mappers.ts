import type { MapperTable } from '../mapper.js';
import { fromStripePayoutReconciliationCompleted } from './from-stripe-payout-reconciliation-completed.js';
import {
  fromStripePayoutCanceled,
  fromStripePayoutCreated,
  fromStripePayoutFailed,
  fromStripePayoutPaid,
  fromStripePayoutUpdated,
} from './from-stripe-payout.js';

/** Stripe events that become facts of `treasury.v1`. */
export const treasuryMappers: MapperTable = {
  'payout.created': fromStripePayoutCreated,
  'payout.updated': fromStripePayoutUpdated,
  'payout.paid': fromStripePayoutPaid,
  'payout.failed': fromStripePayoutFailed,
  'payout.canceled': fromStripePayoutCanceled,
  'payout.reconciliation_completed': fromStripePayoutReconciliationCompleted,
};
