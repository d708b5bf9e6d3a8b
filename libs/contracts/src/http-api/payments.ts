import type { AmountView, SumView } from './amounts.js';
import type { EffectLineView, LedgerEffectView } from './ledger-effects.js';
import type { PaymentMoneyView } from './payment-money.js';
import type { PaymentStatusView } from './payment-status.js';
import type { PostingRuleView } from './posting-rule.js';

/** State of an event: exactly one of these (I2). */
export type EventState = 'inFlight' | 'posted' | 'ignored' | 'held' | 'deadLettered';

/** How far the receipt of a payment has come. */
export type PaymentStage = 'canonical' | 'requested' | 'posted' | 'released';

/** Result of comparing Stripe with the ledger. */
export type ReconciliationState = 'matched' | 'missing' | 'different' | 'pending';

/**
 * What a comparison rests on: Stripe's balance transaction, or only the amount that this pipeline read from the charge itself. The latter
 * proves that the ledger has what was sent to it, not that Stripe credited it.
 */
export type ReconciliationBasis = 'balance-transaction' | 'our-reading';

/**
 * Standing of a captured charge, exactly one: in the ledger and nothing contradicts it; being worked on; needs a person (held,
 * dead-lettered, parked, a break, bad news about booked money); deliberately not booked; no money came, says Stripe.
 */
export type Standing = 'inLedger' | 'onItsWay' | 'needsPerson' | 'notBooked' | 'failedAtStripe';

/** Stripe's balance transaction of a capture, in settlement currency. */
export interface SettlementView {
  readonly gross: AmountView;
  readonly fee: AmountView;
  readonly net: AmountView;
  readonly basis: 'balance-transaction';
}

/** What Stripe reported about a charge after its payment. An open list: a client shows an unknown kind by its title. */
export type NewsKind =
  | 'failed'
  | 'refund'
  | 'refund-updated'
  | 'refund-failed'
  | 'dispute'
  | 'dispute-updated'
  | 'dispute-withdrawn'
  | 'dispute-reinstated'
  | 'dispute-closed';

/** One report of Stripe about a charge after its payment. */
export interface NewsView {
  readonly at: string;
  readonly kind: NewsKind;
  readonly amount: AmountView | null;
  /** One sentence: "Stripe took back 990.00 USD". */
  readonly title: string;
  readonly text: string | null;
  readonly eventId: string;
}

/** One captured charge, or one of its captures. */
export interface PaymentView {
  /** Id of the charge; the id of the event where the charge could not be read. */
  readonly chargeId: string;
  /** Which capture of the charge; null for the first or only one. */
  readonly part: string | null;
  readonly paymentId: string;
  readonly eventId: string;
  readonly customerId: string | null;
  readonly customerName: string | null;
  /** Null where it could not be read. */
  readonly amount: AmountView | null;
  readonly receivedAt: string;
  readonly stage: PaymentStage;
  /** State of the event that reported the payment. */
  readonly state: EventState;
  readonly reason: string | null;
  readonly standing: Standing;
  /** One plain sentence. */
  readonly standingReason: string | null;
  readonly settlement: SettlementView | null;
  readonly reconciliation: ReconciliationState;
  /** Why the ledger differs, or what is not proven; null where there is nothing to add. */
  readonly reconciliationText: string | null;
  readonly reconciliationBasis: ReconciliationBasis | null;
  readonly ledgerAmount: AmountView | null;
  readonly reference: Readonly<Record<string, string>> | null;
  readonly news: readonly NewsView[];
  /** Fields whose values were masked on arrival because they held card numbers. */
  readonly masked: readonly string[];
}

/**
 * What stands behind a step: a message of a topic (`GET /messages/:id`), a dead letter, an order about one, a movement of Stripe's balance or a
 * row of the audit trail, by its id.
 */
export interface StepEvidence {
  readonly kind: 'message' | 'letter' | 'order' | 'movement' | 'audit';
  readonly id: string;
}

/** One step of a payment's way from the webhook to the ledger. */
export interface StepView {
  readonly at: string;
  readonly stage: string;
  readonly title: string;
  readonly ids: Readonly<Record<string, string>>;
  readonly text: string | null;
  /** Null for a step that nothing more is known of. */
  readonly evidence: StepEvidence | null;
}

/** Answer of `GET /payments/:chargeId`. */
export interface PaymentDetail {
  readonly payment: PaymentView;
  /** Where the charge stands, all of its captures together. */
  readonly status: PaymentStatusView;
  readonly money: PaymentMoneyView;
  /** Account of Stripe that the event came from; null: the one that the webhook belongs to. */
  readonly account: string | null;
  /** Every capture of the charge, first one first. */
  readonly captures: readonly PaymentView[];
  /** Steps of all captures, oldest first. */
  readonly steps: readonly StepView[];
  /** Every document that was requested because of the charge and of what Stripe reported about it later, oldest first. */
  readonly documents: readonly DocumentView[];
}

/** One document of a target: an invoice, a receipt, a journal, a customer. */
export interface DocumentView {
  readonly postingKey: string;
  readonly target: string;
  readonly kind: string;
  /** Its number there, of the keys in `reference`; null while it has none. */
  readonly number: string | null;
  /** Its address in the ERP; null where none is configured (RECON_DOCUMENT_LINKS). */
  readonly link: string | null;
  /** Event that it was requested for. */
  readonly eventId: string;
  /** The rule that requested it; null where its version was not recorded yet. */
  readonly rule: PostingRuleView | null;
  /** Result of the newest outcome; null while there is none. */
  readonly result: string | null;
  readonly requestedAt: string;
  /** The target's own keys of the document. */
  readonly reference: Readonly<Record<string, string>> | null;
  /** Its rows as they were sent. Empty for documents that have none. */
  readonly lines: readonly DocumentLineView[];
  /** What it does to the books. Empty for documents that move no money. */
  readonly effect: readonly EffectLineView[];
  /** What the ERP's ledger has for it; null for a document that moves no money, or that no outcome has reported yet. */
  readonly ledger: LedgerEffectView | null;
}

/** One row of a document: an invoice line, a journal line. Values as text; null where the field is empty. */
export interface DocumentLineView {
  readonly table: string;
  readonly key: string;
  readonly fields: Readonly<Record<string, string | null>>;
}

/** A page of payments, newest first. */
export interface PaymentsPage {
  readonly payments: readonly PaymentView[];
  /** Cursor of the next page; null on the last one. */
  readonly next: string | null;
  /** Cursor of the page before; null on the first. */
  readonly previous: string | null;
}

/** One payment compared with the ledger. */
export interface ReconciliationItem {
  readonly chargeId: string;
  readonly part: string | null;
  /** Null where no receipt was requested. */
  readonly postingKey: string | null;
  readonly state: ReconciliationState;
  readonly basis: ReconciliationBasis | null;
  readonly text: string | null;
  readonly stripe: AmountView | null;
  readonly settlement: SettlementView | null;
  readonly target: AmountView | null;
  readonly checkedAt: string | null;
  readonly reference: Readonly<Record<string, string>> | null;
}

/** Counts of deliveries: `accepted` is the sum of the five others. `posted` counts events, not documents. */
export interface Counts {
  readonly accepted: number;
  readonly inFlight: number;
  readonly posted: number;
  readonly ignored: number;
  readonly held: number;
  readonly deadLettered: number;
  readonly ignoredBy: Readonly<Record<string, number>>;
  readonly heldBy: Readonly<Record<string, number>>;
  readonly deadLetteredBy: Readonly<Record<string, number>>;
}

/** The counts without their reasons. */
export type EventTotals = Omit<Counts, 'ignoredBy' | 'heldBy' | 'deadLetteredBy'>;

/** One stage of the pipeline: deliveries, canonical facts, posting requests, outcomes with a document. */
export interface StageView {
  readonly name: 'accepted' | 'canonical' | 'requested' | 'posted';
  readonly total: number;
  readonly perMinute: number;
  /** Records of this stage on their way to the next one; never what is dead-lettered, held, skipped or closed. */
  readonly lag: number;
}

/** Answer of `GET /stages`. */
export interface Stages {
  readonly asOf: string;
  readonly stages: readonly StageView[];
}

/** Something that somebody has to look at: how many, how much, and the list that it counts. */
export interface OpenItem extends SumView {
  readonly what: 'needsPerson' | 'different' | 'missing' | 'deadLetters' | 'parked' | 'stuck' | 'ledgerEffects';
  /** Request of this API whose rows are counted. */
  readonly list: string;
}

/** What was written to a target. Documents of an ERP and metadata of Stripe objects are different figures. */
export interface Written {
  readonly documents: number;
  readonly metadata: number;
}

/** Answer of `GET /overview`. */
export interface Overview {
  readonly asOf: string;
  /** True when `open` is empty. */
  readonly allClear: boolean;
  readonly open: readonly OpenItem[];
  readonly standings: Readonly<Record<Standing, SumView>>;
  readonly reconciliation: Readonly<Record<ReconciliationState, SumView>>;
  /** Money of dead letters that are not closed, and of messages parked behind them. */
  readonly moneyAtRisk: SumView & { readonly waitingBehind: SumView };
  /** By target. */
  readonly written: Readonly<Record<string, Written>>;
}

/** Data of a `snapshot` of `GET /feed`. */
export interface FeedSnapshot {
  readonly counts: Counts;
  readonly stages: Stages;
  readonly reconciliation: Readonly<Record<ReconciliationState, number>>;
  /** The 50 newest. */
  readonly payments: readonly PaymentView[];
  readonly overview: Overview;
}
