/**
 * Labels for the values that recon sends. A label has the same meaning on every page: "posted" is used for ERP documents only, an event is
 * "completed", a payment is "in the ledger".
 */

/** Standings of a captured payment; every payment has exactly one. In the order of the page. */
export const standingLabels = {
  inLedger: 'In the ledger',
  onItsWay: 'On its way',
  needsPerson: 'Needs a person',
  notBooked: 'Not booked',
  failedAtStripe: 'Failed at Stripe',
} as const;

/** Standing of a captured payment. */
export type Standing = keyof typeof standingLabels;

/** States of a Stripe event. */
export const stateLabels = {
  posted: 'Completed',
  ignored: 'Ignored',
  held: 'Held',
  deadLettered: 'Dead-lettered',
  inFlight: 'In flight',
} as const;

/** State of a Stripe event. */
export type EventState = keyof typeof stateLabels;

/** States of the comparison of Stripe with the ledger. */
export const reconciliationLabels = {
  matched: 'Matched',
  different: 'Different',
  missing: 'Missing',
  pending: 'Not read yet',
} as const;

/** State of the comparison of Stripe with the ledger. */
export type ReconciliationState = keyof typeof reconciliationLabels;

/** States of the comparison of what a document was asked to do with the entries of the ledger. */
export const ledgerEffectLabels = {
  matched: 'As asked for',
  different: 'Different in the ledger',
  missing: 'Missing in the ledger',
  pending: 'Not in the ledger yet',
  notCompared: 'Not compared',
} as const;

/** Stages of a payment, in the order in which it passes them. */
export const paymentStageLabels = {
  canonical: 'Understood',
  requested: 'Posting requested',
  posted: 'Saved in the ERP',
  released: 'In the ledger',
} as const;

/** Names of the stages, in order. */
export const paymentStages = Object.keys(paymentStageLabels);

/** Note after "Matched" when the comparison did not use Stripe's balance transaction. */
export const ourReadingOnly = "not compared with Stripe's balance transaction";

/** Units of the figures, singular and plural. */
export const units = {
  payment: { one: 'payment', many: 'payments' },
  delivery: { one: 'event delivery', many: 'event deliveries' },
  event: { one: 'event', many: 'events' },
  movement: { one: 'movement', many: 'movements' },
  canonicalEvent: { one: 'canonical event', many: 'canonical events' },
  posting: { one: 'posting request', many: 'posting requests' },
  deadLetter: { one: 'dead letter', many: 'dead letters' },
  parked: { one: 'message', many: 'messages' },
  document: { one: 'ERP document', many: 'ERP documents' },
  comparison: { one: 'document', many: 'documents' },
  metadata: { one: 'write to Stripe', many: 'writes to Stripe' },
} as const;
