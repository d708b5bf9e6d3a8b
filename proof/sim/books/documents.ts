/** One line of a double entry: cents, debits positive. */
export interface EntryLine {
  readonly role: string;
  readonly amount: number;
}

/** A need of a document, as in posting requests. */
export interface StoryNeed {
  readonly postingKey: string;
  readonly until: 'saved' | 'released';
  readonly ifNeverAsked: 'wait' | 'hold' | 'without';
  readonly afterMs: bigint;
}

/** A posting that the story asks for. */
export interface StoryRequest {
  readonly key: string;
  readonly kind: 'invoice' | 'cash-receipt' | 'credit-memo' | 'refund-payment' | 'application' | 'journal';
  readonly requestId: string;
  readonly digest: string;
  readonly date: string;
  readonly amount: number;
  /** Keys of its lines. */
  readonly lines: readonly string[];
  readonly effect: readonly EntryLine[];
  readonly needs: readonly StoryNeed[];
  readonly onClosedPeriod: 'hold' | 'next-open';
  /** A line that the ERP refuses, whatever is tried. */
  readonly refusedLine?: string;
  /** What an application moves: from one document to another. */
  readonly applies?: { readonly from: string; readonly to: string };
  /** The amount by which the document opens a balance of a party: what may be applied to it or from it. */
  readonly opens?: number;
}

/** A question of a flow. */
export interface StoryQuestion {
  readonly code: string;
  readonly answers: readonly string[];
}

/** A fact whose postings are asked for later: a person is asked first, or Stripe is. */
export interface StoryFact {
  readonly id: string;
  readonly questions: readonly StoryQuestion[];
  readonly requests: readonly StoryRequest[];
}

/** Days of the story; fiscal periods are days here. */
export const days = ['2026-11-01', '2026-11-02', '2026-11-03'] as const;
/** The day after them, which never closes. */
export const openDay = '2026-11-04';
