/**
 * What people read for the words of recon. One word has one meaning on every page: "posted" is said of ERP documents only, an
 * event is "completed", a payment is "in the ledger".
 */

/** Where a captured payment stands; every payment has exactly one standing. In the order of the page. */
export const standingLabels = {
  inLedger: 'In the ledger',
  onItsWay: 'On its way',
  needsPerson: 'Needs a person',
  notBooked: 'Not booked',
  failedAtStripe: 'Failed at Stripe',
} as const;

export type Standing = keyof typeof standingLabels;

/** What became of an event of Stripe. */
export const stateLabels = {
  posted: 'Completed',
  ignored: 'Ignored',
  held: 'Held',
  deadLettered: 'Dead-lettered',
  inFlight: 'In flight',
} as const;

export type EventState = keyof typeof stateLabels;

/** Stripe and the ledger compared. */
export const reconciliationLabels = {
  matched: 'Matched',
  different: 'Different',
  missing: 'Missing',
  pending: 'Not read yet',
} as const;

export type ReconciliationState = keyof typeof reconciliationLabels;

/** How far a payment has come, in walking order. */
export const paymentStageLabels = {
  canonical: 'Understood',
  requested: 'Posting requested',
  posted: 'Saved in the ERP',
  released: 'In the ledger',
} as const;

export const paymentStages = Object.keys(paymentStageLabels);

/** Beside "Matched" when the comparison did not use Stripe's balance transaction. */
export const ourReadingOnly = "not compared with Stripe's balance transaction";

export const units = {
  payment: { one: 'payment', many: 'payments' },
  delivery: { one: 'event delivery', many: 'event deliveries' },
  event: { one: 'event', many: 'events' },
  canonicalEvent: { one: 'canonical event', many: 'canonical events' },
  posting: { one: 'posting request', many: 'posting requests' },
  deadLetter: { one: 'dead letter', many: 'dead letters' },
  parked: { one: 'message', many: 'messages' },
  document: { one: 'ERP document', many: 'ERP documents' },
  metadata: { one: 'write to Stripe', many: 'writes to Stripe' },
} as const;
