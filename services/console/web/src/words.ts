import type { EventState, PaymentStage, ReconciliationState } from './api.js';

/** Names that people read, in one place. */
export const stateWord: Readonly<Record<EventState, string>> = {
  posted: 'Posted',
  ignored: 'Ignored',
  held: 'Held',
  deadLettered: 'Dead-lettered',
  inFlight: 'In flight',
};

export const reconciliationWord: Readonly<Record<ReconciliationState, string>> = {
  matched: 'Matched',
  missing: 'Missing',
  different: 'Different',
  pending: 'Not read yet',
};

/** The stages that a payment passes, in walking order. */
export const paymentStages: readonly { readonly name: PaymentStage; readonly word: string }[] = [
  { name: 'canonical', word: 'Understood' },
  { name: 'requested', word: 'Posting requested' },
  { name: 'posted', word: 'Saved in the ERP' },
  { name: 'released', word: 'In the ledger' },
];

export const stageTitle = {
  accepted: { word: 'Accepted', says: 'deliveries from Stripe' },
  canonical: { word: 'Understood', says: 'canonical facts' },
  requested: { word: 'Requested', says: 'postings asked for' },
  posted: { word: 'Posted', says: 'documents in the ERP' },
} as const;

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short', day: 'numeric' });

export function timeOf(iso: string): string {
  return clock.format(new Date(iso));
}

export function dateOf(iso: string): string {
  return day.format(new Date(iso));
}

/** Thousands grouped by hand on decimal text: `1234567.80` is `1,234,567.80`. No number is made of it. */
export function grouped(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const withCommas = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? withCommas : `${withCommas}.${fraction}`;
}
