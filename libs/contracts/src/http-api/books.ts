import type { AmountView } from './amounts.js';

/** `GET /books`: what the ledger says of the account at Stripe, and whether the two agree. */
export interface BooksView {
  /** When the ledger and Stripe were read. */
  readonly asOf: string;
  /** One per settlement currency of the Stripe account, sorted by currency: of the first of {@link ledgers}. */
  readonly clearing: readonly ClearingView[];
  /** The clearing accounts of every ledger that could be read: each of them books the whole Stripe account. */
  readonly ledgers: readonly LedgerClearingView[];
  /** Entries and documents whose debits and credits differ; more than 0 is an error of a mapping or of the ledger (I11). Of the targets that the caller may see. */
  readonly unbalanced: number;
  /** Every account that something was posted to, per currency. */
  readonly trialBalance: readonly AccountBalanceView[];
  /** Why a part is not there: what could not be read, and what to do. Empty when everything was read. */
  readonly problems: readonly string[];
}

/** The clearing accounts of one target. */
export interface LedgerClearingView {
  readonly target: string;
  /** One per settlement currency, sorted by currency. */
  readonly clearing: readonly ClearingView[];
}

/** The clearing account of one settlement currency beside Stripe's balance (I12). */
export interface ClearingView {
  readonly currency: string;
  /** Balance of the clearing account in the ledger; debit is positive. */
  readonly ledger: AmountView;
  /** Balance of the Stripe account: available and pending. */
  readonly stripe: AmountView;
  /** What Stripe has moved and the ledger books only with a later payout. */
  readonly inFlight: AmountView;
  /** `ledger` - `stripe` - `inFlight`: 0 when no posting is under way. */
  readonly difference: AmountView;
}

/** One account of the trial balance. */
export interface AccountBalanceView {
  readonly target: string;
  readonly account: string;
  readonly currency: string;
  readonly debit: AmountView;
  readonly credit: AmountView;
}

/** Answer of `GET /company-format`: whose books these are, and how the company of the first target writes amounts and dates. Null: its profile does not say. */
export interface CompanyFormatView {
  /** Language tag. */
  readonly locale: string | null;
  /** IANA time zone; null without a locale. */
  readonly timeZone: string | null;
  /** Its code in the ERP. */
  readonly company: string | null;
  /** True: live payments are booked; false: those of Stripe's test mode. */
  readonly livemode: boolean | null;
  /** IANA time zone whose calendar days are posting dates. */
  readonly ledgerZone: string | null;
}
