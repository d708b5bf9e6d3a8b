import { standingLabels } from '../../recon/labels.js';

/** The tabs of the list, in order; undefined is the list of all. */
export const standingTabs: readonly { readonly standing: string | undefined; readonly label: string }[] = [
  { standing: undefined, label: 'All' },
  ...Object.entries(standingLabels).map(([standing, label]) => ({ standing, label })),
];

/** Under the list when a row carries the mark. */
export const ownReadingNote = "* Matched with our own reading of Stripe's events, not compared with Stripe's balance transaction.";
