import type { DayFigureName } from './read-today.js';
import type { EventState, ReconciliationState, Standing } from '../../recon/labels.js';

/** One sentence for each standing. */
export const standingTexts: Readonly<Record<Standing, string>> = {
  inLedger: 'The receipt is in the ledger and nothing contradicts it.',
  onItsWay: 'Being worked on; nobody has to do anything.',
  needsPerson: 'Held, dead-lettered, waiting behind one of these, or contradicted by the ledger or by Stripe.',
  notBooked: 'Deliberately: ignored for a reason, skipped by a person, or of the other mode.',
  failedAtStripe: 'Stripe says that no money came.',
};

/** One sentence for each state of a comparison. */
export const reconciliationTexts: Readonly<Record<ReconciliationState, string>> = {
  matched: 'same amount in Stripe and in the ledger',
  different: 'both have it, and they contradict each other',
  missing: 'Stripe has it, the ledger does not',
  pending: 'the ledger has not been read yet',
};

/** One sentence for each state of an event. */
export const eventTexts: Readonly<Record<EventState, string>> = {
  posted: 'everything that they asked for was written',
  ignored: 'with a reason, listed below',
  held: 'wait for a decision',
  deadLettered: 'taken out of processing, kept with their bytes',
  inFlight: 'being worked on',
};

/** Open items by recon's name for them, worded to follow a count. An item that is not listed is shown under recon's name. */
export const openLabels: Readonly<Record<string, { readonly one: string; readonly many: string }>> = {
  needsPerson: { one: 'payment needs a person', many: 'payments need a person' },
  different: { one: 'payment is different in the ledger', many: 'payments are different in the ledger' },
  missing: { one: 'payment is missing in the ledger', many: 'payments are missing in the ledger' },
  deadLetters: { one: 'dead letter is not closed', many: 'dead letters are not closed' },
  parked: { one: 'message waits behind a failed one', many: 'messages wait behind a failed one' },
  stuck: { one: 'event has been in flight for too long', many: 'events have been in flight for too long' },
  notifications: { one: 'notification is not acknowledged', many: 'notifications are not acknowledged' },
  approvals: { one: 'order waits for a second person', many: 'orders wait for a second person' },
  ledgerEffects: {
    one: 'document did something else in the ledger than was asked for',
    many: 'documents did something else in the ledger than was asked for',
  },
};

/** Lists of recon whose page has a different path. For all others the paths are equal. */
export const pagesOfLists: Readonly<Record<string, string>> = {
  '/reconciliation?state=different': '/desk?view=breaks&of=different',
  '/reconciliation?state=missing': '/desk?view=breaks&of=missing',
  '/dead-letters/parked': '/parked',
  '/dead-letters?state=notClosed': '/desk',
  '/reconciliation/documents?state=open': '/desk?view=breaks&of=documents',
  '/dead-letter-orders?state=waiting-approval': '/desk?view=orders&state=waiting-approval',
};

/** What each figure of the day means. */
export const figureTexts: Readonly<Record<DayFigureName, { readonly title: string; readonly text: string }>> = {
  received: { title: 'Received', text: 'charges that Stripe reported on this day' },
  captured: { title: 'Captured', text: 'of them, with money' },
  inLedger: { title: 'In the ledger', text: 'booked, and nothing contradicts it' },
  onItsWay: { title: 'On its way', text: 'nobody has to do anything' },
  needsPerson: { title: 'Needs a person', text: 'held, dead-lettered or contradicted' },
  notBooked: { title: 'Not booked', text: 'deliberately' },
  failed: { title: 'Failed at Stripe', text: 'no money came' },
  refunded: { title: 'Refunded', text: "out of Stripe's balance" },
  disputes: { title: 'Disputes', text: "out of Stripe's balance" },
  fees: { title: 'Fees', text: 'kept by Stripe' },
  paidOut: { title: 'Paid out', text: 'to the bank account' },
};
