// Generated from libs/contracts/schemas by `npm run contracts:generate`. Do not edit.

/** Integer minor units as the source sent them, and the ISO 4217 code in upper case. */
export interface Money {
  minor: bigint;
  currency: string;
}
/** Where a canonical fact comes from. */
export interface Source {
  system: string;
  account: string | null;
  eventId: string;
  eventType: string;
  objectId: string;
  apiVersion: string | null;
  livemode: boolean;
  /** Milliseconds since the epoch, UTC. One-second resolution: never an order. */
  occurredAt: number;
}
export interface Address {
  line1: string | null;
  line2: string | null;
  city: string | null;
  state: string | null;
  postalCode: string | null;
  country: string | null;
}
export interface Shipping {
  name: string | null;
  phone: string | null;
  address: Address | null;
}
/** A customer as the source knows it. `metadata` is user input. */
export interface Customer {
  customerId: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  description: string | null;
  address: Address | null;
  shipping: Shipping | null;
  currency: string | null;
  taxExempt: string | null;
  locale: string | null;
  createdAt: number | null;
  metadata: Record<string, string>;
}
/** Who paid, as told with the payment; every part may be missing. */
export interface Payer {
  name: string | null;
  email: string | null;
  phone: string | null;
  address: Address | null;
}
export interface PaymentMethod {
  type: string;
  brand: string | null;
  last4: string | null;
  country: string | null;
}
/** Fee and net of one movement, from its balance transaction, in settlement currency. */
export interface Settlement {
  balanceTransactionId: string;
  gross: Money;
  fee: Money;
  net: Money;
  reportingCategory: string | null;
  availableAt: number | null;
}
export interface CustomerCreated {
  source: Source;
  customer: Customer;
}
export interface CustomerUpdated {
  source: Source;
  customer: Customer;
  changed: string[];
}
export interface CustomerDeleted {
  source: Source;
  customerId: string;
}
/** Money came in: a captured charge, gross of fees. */
export interface PaymentReceived {
  source: Source;
  paymentId: string;
  chargeId: string;
  paymentIntentId: string | null;
  customerId: string | null;
  /** The customer object when it could be read from the source; null otherwise. */
  customer: Customer | null;
  payer: Payer;
  amount: Money;
  receivedAt: number;
  method: PaymentMethod;
  description: string | null;
  balanceTransactionId: string | null;
  settlement: Settlement | null;
  metadata: Record<string, string>;
}
/** Fee and net of a payment became known. */
export interface PaymentSettled {
  source: Source;
  paymentId: string;
  chargeId: string;
  customerId: string | null;
  amount: Money;
  balanceTransactionId: string;
  settlement: Settlement | null;
}
export interface PaymentFailed {
  source: Source;
  paymentId: string;
  chargeId: string;
  customerId: string | null;
  amount: Money;
  failureCode: string | null;
  failureText: string | null;
}
/** The payment intent says succeeded. The money is booked from its charge (PaymentReceived). */
export interface PaymentConfirmed {
  source: Source;
  paymentId: string;
  paymentIntentId: string;
  chargeId: string | null;
  customerId: string | null;
  amount: Money;
  metadata: Record<string, string>;
}
export interface Refund {
  refundId: string;
  chargeId: string | null;
  paymentId: string;
  paymentIntentId: string | null;
  customerId: string | null;
  amount: Money;
  status: string | null;
  reason: string | null;
  createdAt: number;
  balanceTransactionId: string | null;
  settlement: Settlement | null;
  failureReason: string | null;
  failureBalanceTransactionId: string | null;
  metadata: Record<string, string>;
}
export interface RefundCreated {
  source: Source;
  refund: Refund;
}
export interface RefundUpdated {
  source: Source;
  refund: Refund;
  changed: string[];
}
export interface RefundFailed {
  source: Source;
  refund: Refund;
}
/** A field of an ERP document whose value is an attribute of another posting's document (CustNum of the customer). */
export interface DocumentReference {
  field: string;
  postingKey: string;
  attribute: string;
}
/** Make this document be there, in that company. */
export interface PostingRequested {
  postingKey: string;
  target: string;
  kind: string;
  /** `create-once`, `ensure` (create when absent, never overwrite) or `versioned-upsert`. */
  protocol: string;
  /** Event id (ce_id) of the canonical fact this request was made from. */
  canonicalEventId: string;
  sourceEventId: string;
  sequence: string;
  /** For versioned upserts: (occurredAt seconds * 10 + rank), larger is newer, equal is not older. 0 otherwise. */
  version: bigint;
  dependsOn: string[];
  references: DocumentReference[];
  /** Name of the ERP document shape in libs/contracts, e.g. `epicor-kinetic/customer`. */
  shape: string;
  /** Field name -> value. Decimals are decimal text, dates `YYYY-MM-DD`. */
  fields: Record<string, string | boolean | bigint | null>;
  /** Money of the document for reconciliation; null for master data. */
  amount: Money | null;
  flow: string;
  mappingVersion: string;
  /** SHA-256 hex of shape and fields. */
  digest: string;
  requestedAt: number;
}
/** What became of a posting request at its target. */
export interface PostingConcluded {
  /** Event id (ce_id) of the PostingRequested. */
  requestId: string;
  postingKey: string;
  target: string;
  kind: string;
  /** posted | adopted | updated | released | duplicate | stale | skipped | waiting | held | rejected */
  result: string;
  canonicalEventId: string;
  sourceEventId: string;
  sequence: string;
  reference: Record<string, string> | null;
  amount: Money | null;
  code: string | null;
  text: string | null;
  attempts: number;
  concludedAt: number;
}
export interface CustomerCrossReferenced {
  target: string;
  sourceSystem: string;
  sourceId: string;
  postingKey: string;
  reference: Record<string, string>;
}
export interface DocumentCrossReferenced {
  target: string;
  kind: string;
  sourceId: string;
  postingKey: string;
  reference: Record<string, string>;
}
export interface DerivedEvent {
  eventId: string;
  eventType: string;
}
export interface RequestedPosting {
  requestId: string;
  postingKey: string;
  target: string;
  kind: string;
}
/** translate is done with one raw fact: what it became, or why it became nothing. */
export interface EventTranslated {
  source: Source;
  canonical: DerivedEvent[];
  ignoredReason: string | null;
  ignoredText: string | null;
}
/** route is done with one canonical fact: which postings it asked for, or why none. */
export interface EventRouted {
  sourceEventId: string;
  canonicalEventId: string;
  canonicalType: string;
  postings: RequestedPosting[];
  ignoredReason: string | null;
  ignoredText: string | null;
}
