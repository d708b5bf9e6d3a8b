import type { AmountView } from './amounts.js';

/** What an operator decides about dead letters. */
export type OrderAction = 'replay' | 'skip' | 'resolve';

/** An operator's order about dead letters and how far it is. */
export interface OrderView {
  readonly id: string;
  readonly action: OrderAction;
  readonly scope: string;
  /**
   * `waiting-approval`: a second person has to decide; `refused`: they did; `expired`: nobody did in time. `paused`: nothing is dispatched
   * until somebody continues it.
   */
  readonly state: 'waiting-approval' | 'running' | 'paused' | 'cancelling' | 'cancelled' | 'done' | 'refused' | 'expired';
  readonly total: number;
  readonly pending: number;
  /** Dispatched and not answered yet. */
  readonly given: number;
  readonly done: number;
  /** Dead-lettered again, or refused: a message that no broker takes. */
  readonly failed: number;
  /** Not dispatched: cancelled, or an earlier message of the sequence was dead-lettered again. */
  readonly stopped: number;
  readonly results: Readonly<Record<string, number>>;
  readonly reason: string;
  readonly by: string;
  readonly ratePerSecond: number;
  readonly orderedAt: string;
  readonly endedAt: string | null;
  readonly cancelledBy: string | null;
  /** Who paused it, while it is paused. */
  readonly pausedBy: string | null;
  readonly pauseReason: string | null;
  /** Subject of who gave it; null for orders of before people signed in. */
  readonly subject: string | null;
  /** Ledgers that it is about; empty for facts and raw events. */
  readonly targets: readonly string[];
  /** Why a second person has to approve it, as sentences; empty: nobody has to. */
  readonly waitsFor: readonly string[];
  /** What it changes in its letter before it is replayed; null: nothing. */
  readonly edit: OrderEditView | null;
  /** Hash over what it asks for and over its letters: an approval names it. */
  readonly contentHash: string | null;
  /** Until when it waits for an approval, or until when the approval holds. */
  readonly expiresAt: string | null;
  readonly approvedBy: string | null;
  readonly approvalReason: string | null;
  readonly refusedBy: string | null;
  readonly refusalReason: string | null;
  /** Why it was stopped before its end: `order.author-lost-right`, `order.approval-expired`. */
  readonly stopCode: string | null;
}

/** An edit of a letter. Values of fields that are no money are not shown: they may be a person's name or address. */
export interface OrderEditView {
  readonly letter: string;
  /** Paths of all fields that differ. */
  readonly fields: readonly string[];
  readonly money: readonly { readonly path: string; readonly before: string; readonly after: string }[];
}

/** What an order would be, from `POST /dead-letter-orders/preview`: nothing is ordered. */
export interface OrderPreview {
  readonly letters: number;
  readonly sequences: number;
  /** Sums of the letters, one per currency. */
  readonly money: readonly AmountView[];
  /** Letters whose amount is not known. */
  readonly withoutMoney: number;
  /** Ledgers that it is about; empty for facts and raw events. */
  readonly targets: readonly string[];
  /** Why a second person has to approve it, as sentences; empty: nobody has to. */
  readonly waitsFor: readonly string[];
  /** Letters that fit and would stay as they are: a ledger does not show what is said to be in it. */
  readonly leftOut: readonly LeftOutLetter[];
}

/** A letter that an order does not take, and why. */
export interface LeftOutLetter {
  readonly letter: string;
  readonly text: string;
}

/** One letter of an order. */
export interface OrderedLetter {
  readonly letter: string;
  readonly sequence: string;
  readonly cause: string;
  readonly group: string;
  readonly topic: string;
  /** `pending`, `given`: dispatched and not answered, `closed`, `stopped`: not dispatched. */
  readonly state: string;
  /** What came of it; null while nothing did. */
  readonly result: string | null;
  readonly closedAt: string | null;
  readonly money: AmountView | null;
  /** Keys of the document that stands for it, where its ledger told them; null: none. */
  readonly document: Readonly<Record<string, string>> | null;
  /** The newest letter of the same message, where it was dead-lettered again. */
  readonly again: string | null;
}

/** Answer of `GET /dead-letter-orders/:id/letters`. */
export interface OrderedLettersPage {
  readonly letters: readonly OrderedLetter[];
  readonly next: string | null;
  /** Cursor of the page before; null on the first one. */
  readonly previous: string | null;
}
