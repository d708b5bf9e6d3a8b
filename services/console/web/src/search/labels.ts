import type { Labels } from '../components/chip.js';
import { standingLabels } from '../recon/labels.js';

/** Headings of what a search finds, in the order in which they are shown. */
export const kindLabels: Labels = {
  payment: 'Payments',
  customer: 'Customers',
  refund: 'Refunds',
  dispute: 'Disputes',
  payout: 'Payouts',
  document: 'Documents of a ledger',
  deadLetter: 'Dead letters',
  event: 'Events of Stripe',
  movement: "Movements of Stripe's balance",
};

/** States and types that have words of their own; others are shown as recon sends them. */
export const wordLabels: Labels = standingLabels;

/** What can be typed. */
export const searchable =
  'Any id of Stripe (ch_, pi_, cus_, evt_, re_, dp_, po_, txn_), an amount (223.55 EUR), the number of a document in the ledger, a posting key, a sequence, a dead letter, a trace, an order reference, or an e-mail address.';
