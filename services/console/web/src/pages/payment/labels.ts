import type { Labels } from '../../components/chip.js';

/** What a comparison rests on, as a sentence. */
export const basisLabels: Labels = {
  'balance-transaction': "Compared with Stripe's balance transaction.",
  'our-reading': "Compared with our own reading of Stripe's events, not with Stripe's balance transaction.",
};

/** News that contradicts the booking until a flow books it as well; other news is only told. */
export const contradictingNews: ReadonlySet<string> = new Set(['failed', 'refund', 'dispute', 'dispute-withdrawn']);

/** What a figure on the way from gross to net is. */
export const moneyLabels: Labels = {
  charged: 'Charged',
  refunded: 'Refunded',
  disputed: 'Disputed',
  failed: 'Taken back',
  fee: 'Fee',
  other: 'Other',
};
