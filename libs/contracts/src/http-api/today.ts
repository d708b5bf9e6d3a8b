import type { AmountView, SumView } from './amounts.js';
import type { LedgerClearingView } from './books.js';

/** A figure with the list whose rows it counts and sums: a request of recon's API. */
export interface FigureView extends SumView {
  readonly list: string;
}

/** What has to be done by a person, as Today shows it: one row per cause. */
export interface ToDoView extends FigureView {
  /** `approvals`: orders that wait for a second person. `notifications`: what nobody acknowledged. An open list: a client shows an unknown kind by its name. */
  readonly what: 'deadLetters' | 'parked' | 'different' | 'missing' | 'ledgerEffects' | 'stuck' | 'approvals' | 'notifications';
  /** Stable error code; null where there is none. */
  readonly cause: string | null;
  /** Consumer group of dead letters; null for everything else. */
  readonly group: string | null;
  /** Text of the newest dead letter of the cause. */
  readonly example: string | null;
  /** Since when the oldest one waits; ISO 8601. */
  readonly oldestAt: string | null;
}

/** One figure of a day in one currency. */
export interface DayFigureView {
  readonly count: number;
  readonly amount: AmountView;
  /** Request of recon's API whose rows are counted and summed. */
  readonly list: string;
}

/**
 * The money of one day in one currency, from Stripe to the ledger. `received` = `captured` + `failed`; `captured` = `inLedger` + `open` +
 * `notBooked`; `open` = `onItsWay` + `needsPerson`. The others are movements of Stripe's balance on that day, in settlement currency:
 * money that left is positive.
 */
export interface DayMoneyView {
  readonly currency: string;
  readonly received: DayFigureView;
  readonly captured: DayFigureView;
  readonly failed: DayFigureView;
  readonly inLedger: DayFigureView;
  readonly open: DayFigureView;
  readonly onItsWay: DayFigureView;
  readonly needsPerson: DayFigureView;
  readonly notBooked: DayFigureView;
  readonly refunded: DayFigureView;
  readonly fees: DayFigureView;
  readonly disputes: DayFigureView;
  readonly paidOut: DayFigureView;
}

/** One target on Today. */
export interface TodayTargetView {
  readonly target: string;
  /** Documents and metadata that were requested, ever. */
  readonly requested: { readonly count: number; readonly list: string };
  /** Documents that were written, ever. */
  readonly documents: { readonly count: number; readonly list: string };
  /** Its dead letters that are not closed. */
  readonly letters: FigureView;
  /** When the last document was written; null: none was yet. */
  readonly lastWrittenAt: string | null;
}

/** Answer of `GET /today?day=`. */
export interface TodayView {
  readonly asOf: string;
  /** True when nothing is open and no ledger that could be read differs from Stripe. */
  readonly allClear: boolean;
  /** One row per cause, the oldest first. Empty when nothing is open. */
  readonly toDo: readonly ToDoView[];
  /** Captured charges that need a person, each once, whatever the causes. */
  readonly needsPerson: FigureView & { readonly oldestAt: string | null };
  /** The day in the company's time zone. */
  readonly day: { readonly date: string; readonly timeZone: string; readonly from: string; readonly to: string };
  /** One per currency, sorted by currency. */
  readonly money: readonly DayMoneyView[];
  /** Clearing accounts beside Stripe's balance, per ledger that could be read (I12). */
  readonly clearing: readonly LedgerClearingView[];
  /** When they were read; null: not yet. */
  readonly clearingAsOf: string | null;
  /** Why a part is not there. */
  readonly problems: readonly string[];
  readonly targets: readonly TodayTargetView[];
}

/** What movements of Stripe's balance are listed by. */
export type MovementKind = 'refunded' | 'fees' | 'disputes' | 'paidOut';

/** One movement of Stripe's balance (a balance transaction), in settlement currency. */
export interface MovementView {
  readonly id: string;
  readonly type: string;
  /** Stripe's reporting category; empty when Stripe reports none. */
  readonly category: string;
  readonly at: string;
  readonly gross: AmountView;
  readonly fee: AmountView;
  readonly net: AmountView;
  /** What it adds to the figure of the kind that was asked for; `net` without a kind. */
  readonly counted: AmountView;
  /** Id of the charge, refund, dispute or payout that it is about. */
  readonly about: string | null;
  /** The payout that took it to the bank; null: none has, or Stripe does not tell. */
  readonly payoutId: string | null;
}

/** Answer of `GET /movements`, newest first. */
export interface MovementsPage {
  readonly movements: readonly MovementView[];
  readonly next: string | null;
  /** Cursor of the page before; null on the first. */
  readonly previous: string | null;
}
