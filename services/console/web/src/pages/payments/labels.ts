import { standingLabels } from '../../recon/labels.js';

/** The tabs of the list, in order; `standing` undefined is the list of all payments. */
export const standingTabs: readonly { readonly standing: string | undefined; readonly label: string }[] = [
  { standing: undefined, label: 'All' },
  { standing: 'onItsWay,needsPerson', label: 'Not in the ledger yet' },
  ...Object.entries(standingLabels).map(([standing, label]) => ({ standing, label })),
];

/** Footnote of the table, shown when a row carries the mark `*`. */
export const ownReadingNote = "* Matched with our own reading of Stripe's events, not compared with Stripe's balance transaction.";
