import { events } from '@tributary/contracts';
import { changedFields, sourceOf } from '../../stripe-model/stripe-event.js';
import { facts } from '../mapper.js';
import type { Mapper, MapperTable } from '../mapper.js';
import { fraudWarningOf, paymentKeyAndSequence, reviewOf } from './stripe-risk.js';

/** radar.early_fraud_warning.created -> risk.fraud-warning-raised. Shape: 1 -> 1. */
const fromStripeFraudWarningCreated: Mapper = {
  translate: (event) => {
    const warning = fraudWarningOf(event.object);
    return facts({ event: events.fraudWarningRaised, value: { source: sourceOf(event), warning }, ...paymentKeyAndSequence(warning) });
  },
};

/** radar.early_fraud_warning.updated -> risk.fraud-warning-updated: mostly that a refund no longer helps. Shape: 1 -> 1. */
const fromStripeFraudWarningUpdated: Mapper = {
  translate: (event) => {
    const warning = fraudWarningOf(event.object);
    const value = { source: sourceOf(event), warning, changed: changedFields(event) };
    return facts({ event: events.fraudWarningUpdated, value, ...paymentKeyAndSequence(warning) });
  },
};

/** review.opened and review.closed -> the fact of that name. Shape: 1 -> 1. */
const reviewMapper = (fact: typeof events.reviewOpened | typeof events.reviewClosed): Mapper => ({
  translate: (event) => {
    const review = reviewOf(event.object);
    return facts({ event: fact, value: { source: sourceOf(event), review }, ...paymentKeyAndSequence(review) });
  },
});

/** Stripe events that become facts of `risk.v1`. */
export const riskMappers: MapperTable = {
  'radar.early_fraud_warning.created': fromStripeFraudWarningCreated,
  'radar.early_fraud_warning.updated': fromStripeFraudWarningUpdated,
  'review.opened': reviewMapper(events.reviewOpened),
  'review.closed': reviewMapper(events.reviewClosed),
};
