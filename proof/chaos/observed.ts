import type { EventTotals } from '@tributary/contracts';
import type { Commit } from './kinetic-history.js';

/** An event in recon. */
export interface ObservedEvent {
  readonly state: string;
  readonly reason: string | null;
  readonly deliveries: number;
}

/** A receipt in the state dump of the Kinetic emulator; only the fields that are checked. */
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

/** A customer in the state dump of the Kinetic emulator; only the fields that are checked. */
export interface KineticCustomer {
  readonly CustNum: number;
  readonly CustID: string;
  readonly EMailAddress: string;
  readonly Address2: string;
  /** Absent for customers that others created. */
  readonly StripeCustomerID_c?: string;
  readonly StripePostingKey_c?: string;
}

/** What was found after a round, before it is checked. Plain data: it can be recorded and checked again. */
export interface Observed {
  /** How many deliveries of each event were answered 200. */
  readonly answered: Readonly<Record<string, number>>;
  /** Final refusals (4xx), by event. */
  readonly refused: Readonly<Record<string, string>>;
  readonly events: Readonly<Record<string, ObservedEvent>>;
  readonly counts: EventTotals;
  /** Deliveries answered 200 since the system started. */
  readonly answeredEver: number;
  readonly receipts: readonly KineticReceipt[];
  readonly customers: readonly KineticCustomer[];
  /** What Kinetic committed during the round, in its order. */
  readonly commits: readonly Commit[];
}
