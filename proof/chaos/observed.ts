import type { Commit } from './kinetic-history.js';

export interface Counts {
  readonly accepted: number;
  readonly inFlight: number;
  readonly posted: number;
  readonly ignored: number;
  readonly held: number;
  readonly deadLettered: number;
}

/** An event as recon tells it; undefined when recon does not know it. */
export interface ObservedEvent {
  readonly state: string;
  readonly reason: string | null;
  readonly deliveries: number;
}

/** A receipt as Kinetic's state dump shows it; only what the check looks at. */
export interface KineticReceipt {
  readonly HeadNum: number;
  readonly CheckRef: string;
  readonly DocTranAmt: number;
  readonly CurrencyCode: string;
  readonly CustNum: number;
  readonly GroupID: string;
  readonly Posted: boolean;
  readonly StripePostingKey_c: string;
}

export interface KineticCustomer {
  readonly CustNum: number;
  readonly CustID: string;
  readonly EMailAddress: string;
  readonly Address2: string;
  /** Not there for customers that others made. */
  readonly StripeCustomerID_c?: string;
  readonly StripePostingKey_c?: string;
}

/** What was found after a round, before anything is judged. Plain data: it can be recorded and judged again. */
export interface Observed {
  /** How many deliveries of each event were answered 200. */
  readonly answered: Readonly<Record<string, number>>;
  /** Answers that refuse for good (4xx), by event. */
  readonly refused: Readonly<Record<string, string>>;
  readonly events: Readonly<Record<string, ObservedEvent>>;
  readonly counts: Counts;
  /** Deliveries answered 200 since the system started. */
  readonly answeredEver: number;
  readonly receipts: readonly KineticReceipt[];
  readonly customers: readonly KineticCustomer[];
  /** What Kinetic committed during the round, in its order. */
  readonly commits: readonly Commit[];
}
