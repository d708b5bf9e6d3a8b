import type { Amount } from './amount-shape.js';
import type { PaymentMoney, PaymentStatus, PostingRule } from './story-shapes.js';

/**
 * What recon answers (services/recon/README.md, HTTP), as the page uses it. Every value has passed read.ts: no field is missing
 * and none has another type, whatever came over the wire. Words of a fixed list (states, standings) are kept as text, because
 * a newer recon may know more of them. Amounts are text on the way: no float touches money (I5).
 */

export type { Amount } from './amount-shape.js';

/** How many, and how much per currency. `count` null: not told. */
export interface Sum {
  readonly count: number | null;
  readonly amounts: readonly Amount[];
}

/** Events by what became of them (I2). `accepted` counts deliveries, and is the sum of the five others. */
export interface Counts {
  readonly accepted: number;
  readonly inFlight: number;
  readonly posted: number;
  readonly ignored: number;
  readonly held: number;
  readonly deadLettered: number;
  readonly ignoredBy: readonly NamedCount[];
  readonly heldBy: readonly NamedCount[];
  readonly deadLetteredBy: readonly NamedCount[];
}

export interface NamedCount {
  readonly name: string;
  readonly count: number | null;
}

/** One stage of the walk. `lag` counts what is on its way to the next one. */
export interface Stage {
  readonly name: string;
  readonly total: number | null;
  readonly perMinute: number | null;
  readonly lag: number | null;
}

/** Something that keeps the verdict from being green. */
export interface OpenItem {
  readonly what: string;
  readonly sum: Sum;
  /** The request of recon whose rows are counted: `/payments?standing=needsPerson`. */
  readonly list: string | null;
}

/** Where every captured payment stands, and what is open. */
export interface Overview {
  readonly asOf: string | null;
  readonly allClear: boolean;
  readonly open: readonly OpenItem[];
  readonly standings: ReadonlyMap<string, Sum>;
  readonly reconciliation: ReadonlyMap<string, Sum>;
  readonly moneyAtRisk: Sum & { readonly waitingBehind: Sum };
  readonly written: readonly { readonly target: string; readonly documents: number | null; readonly metadata: number | null }[];
}

/** Stripe's balance transaction: what was charged, what Stripe kept, what reaches the account, in the currency of settlement. */
export interface Settlement {
  readonly gross: Amount | null;
  readonly fee: Amount | null;
  readonly net: Amount | null;
}

/** Something that happened to the money after it was booked. */
export interface PaymentNews {
  readonly at: string | null;
  readonly kind: string;
  readonly amount: Amount | null;
  readonly title: string;
  readonly text: string | null;
  readonly eventId: string | null;
}

/** A payment as far as anything is known of it. One that could not be read has neither amount nor charge. */
export interface Payment {
  readonly chargeId: string | null;
  readonly paymentId: string | null;
  readonly eventId: string | null;
  readonly part: string | null;
  readonly customerId: string | null;
  readonly customerName: string | null;
  readonly amount: Amount | null;
  readonly receivedAt: string | null;
  readonly stage: string | null;
  readonly state: string | null;
  readonly reason: string | null;
  readonly standing: string | null;
  readonly standingReason: string | null;
  readonly reconciliation: string | null;
  readonly reconciliationBasis: string | null;
  readonly reconciliationText: string | null;
  readonly ledgerAmount: Amount | null;
  readonly reference: readonly NamedText[];
  readonly settlement: Settlement | null;
  readonly news: readonly PaymentNews[];
  readonly masked: readonly string[];
}

export interface NamedText {
  readonly name: string;
  readonly value: string;
}

/** One step of a payment's way from webhook to ledger. */
export interface Step {
  readonly at: string | null;
  readonly stage: string;
  readonly title: string;
  readonly ids: readonly NamedText[];
  readonly text: string | null;
  /** What stands behind it, by kind and id; null where nothing more is known, and in answers of an older recon. */
  readonly evidence: { readonly kind: string; readonly id: string } | null;
}

/** One row of a document as it was sent. */
export interface DocumentLine {
  readonly table: string;
  readonly key: string;
  readonly fields: readonly NamedText[];
}

/** One line of what a document does to the books. */
export interface EffectLine {
  readonly role: string;
  /** Null where the ERP determines it. */
  readonly account: string | null;
  readonly debit: Amount | null;
  readonly credit: Amount | null;
}

/** One document that was requested because of a payment. */
export interface LedgerDocument {
  readonly postingKey: string;
  readonly target: string | null;
  readonly kind: string;
  /** By which people call it in the target. */
  readonly number: string | null;
  /** Its address in the ERP; null where none is configured. */
  readonly link: string | null;
  readonly rule: PostingRule | null;
  /** Null while nothing became of it. */
  readonly result: string | null;
  readonly requestedAt: string | null;
  readonly reference: readonly NamedText[];
  readonly lines: readonly DocumentLine[];
  readonly effect: readonly EffectLine[];
  /** Null where nothing is compared, and in answers of an older recon. */
  readonly ledger: LedgerEffect | null;
}

/** What the ERP's ledger has for a document, beside what it was asked for. */
export interface LedgerEffect {
  readonly state: string | null;
  readonly text: string | null;
  readonly entries: readonly EffectLine[];
  readonly checkedAt: string | null;
}

/** One payment with its steps, and every capture of the same charge. */
export interface Trace {
  readonly payment: Payment;
  /** Null in answers of an older recon. */
  readonly status: PaymentStatus | null;
  readonly money: PaymentMoney | null;
  /** Account of Stripe; null: the one that the webhook belongs to. */
  readonly account: string | null;
  readonly steps: readonly Step[];
  readonly captures: readonly Payment[];
  /** Empty in answers of an older recon. */
  readonly documents: readonly LedgerDocument[];
}

/** The figures of the overview and the newest payments, as the live stream sends them. */
export interface Snapshot {
  readonly asOf: string | null;
  readonly counts: Counts;
  readonly stages: readonly Stage[];
  /** Payments per state of reconciliation; older answers have no sums. */
  readonly reconciliation: readonly NamedCount[];
  readonly overview: Overview | null;
  readonly payments: readonly Payment[];
}
