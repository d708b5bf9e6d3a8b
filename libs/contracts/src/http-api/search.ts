import type { AmountView } from './amounts.js';

/** What a search found. An open list: a client shows an unknown kind by its name. */
export type FoundKind = 'payment' | 'customer' | 'event' | 'refund' | 'dispute' | 'payout' | 'movement' | 'document' | 'deadLetter';

/** One object that fits what was searched for. */
export interface FoundView {
  readonly kind: FoundKind;
  /** Id of the object. */
  readonly id: string;
  /** One line: an amount, a name of a type, a document number. */
  readonly title: string;
  /** The money of it; null: it is about none. */
  readonly amount: AmountView | null;
  /** Its state or type, the numbers of a document; null: nothing is known. */
  readonly word: string | null;
  /** When it was first heard of; null: not known. */
  readonly at: string | null;
  /** Request of recon's API that shows it, or its list. */
  readonly address: string;
}

/** Answer of `GET /search?q=` and of `POST /search` with `{ q }`, the best first. */
export interface SearchView {
  /** What was searched for, without blanks around it; of a `traceparent` its trace. */
  readonly q: string;
  /** How it was understood: `id`, `amount`, `email`, `text`. */
  readonly as: 'id' | 'amount' | 'email' | 'text';
  readonly found: readonly FoundView[];
  /** True: there are more than are listed. */
  readonly more: boolean;
  /** What is not searched, as a sentence; null: nothing to say. */
  readonly hint: string | null;
}
