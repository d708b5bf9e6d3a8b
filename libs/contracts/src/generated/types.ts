// Generated from libs/contracts/schemas by `npm run contracts:generate`. Do not edit.

/** An order that a customer placed on a hosted page. */
export interface Checkout {
  /** Id of the session. */
  checkoutId: string;
  /** `payment`, `subscription` or `setup`. */
  mode: string;
  /** `open`, `complete` or `expired`. */
  status: string | null;
  /** `paid`, `unpaid` or `no_payment_required`: deliver only if not `unpaid`. */
  paymentStatus: string;
  /** The payment; null for free orders and subscriptions. */
  paymentId: string | null;
  /** Payment intent. */
  paymentIntentId: string | null;
  /** Subscription that began. */
  subscriptionId: string | null;
  /** Invoice that was made. */
  invoiceId: string | null;
  /** Customer; null for guests. */
  customerId: string | null;
  /** Who ordered. */
  payer: Payer;
  /** `none`, `exempt` or `reverse`. */
  taxExempt: string | null;
  /** Tax numbers entered: key is the type (`us_ein`), value the number. */
  taxIds: CustomField[];
  /** Where to deliver. */
  shipping: Shipping | null;
  /** The merchant's own order id. */
  clientReference: string | null;
  /** Fields of the form, for example a purchase order number. */
  customFields: CustomField[];
  /** Before discount, delivery and tax. Positive: to be paid. */
  subtotal: Money;
  /** Positive: taken off. */
  discount: Money;
  /** Delivery, without tax. */
  shippingCost: Money;
  /** Tax of everything. */
  tax: Money;
  /** What is to be paid. */
  total: Money;
  /** What was ordered; empty when it was not read from the source. */
  lines: CheckoutLine[];
  /** False when `lines` was not or not wholly read. */
  linesComplete: boolean;
  /** When the session was opened. */
  createdAt: number;
  /** Key and value pairs of the source object. User input: never trusted, never evaluated. */
  metadata: Record<string, string>;
}

/** A customer completed a checkout. It may still be unpaid. */
export interface CheckoutCompleted {
  /** Where this fact comes from. */
  source: Source;
  /** The checkout as of the event. */
  checkout: Checkout;
}

/** A checkout was never completed. */
export interface CheckoutExpired {
  /** Where this fact comes from. */
  source: Source;
  /** The checkout as of the event. */
  checkout: Checkout;
}

/** One line of a checkout. */
export interface CheckoutLine {
  /** Id of the line. */
  lineId: string;
  /** Text of the line. */
  description: string | null;
  /** Price. */
  priceId: string | null;
  /** Product. */
  productId: string | null;
  /** Decimal text. */
  quantity: string | null;
  /** Before discount and tax. Positive: to be paid. */
  subtotal: Money;
  /** Positive: taken off. */
  discount: Money;
  /** Tax of the line. */
  tax: Money;
  /** After discount and tax. */
  total: Money;
}

/** The delayed payment of a completed checkout failed. */
export interface CheckoutPaymentFailed {
  /** Where this fact comes from. */
  source: Source;
  /** The checkout as of the event. */
  checkout: Checkout;
}

/** The delayed payment of a completed checkout came in. */
export interface CheckoutPaymentSucceeded {
  /** Where this fact comes from. */
  source: Source;
  /** The checkout as of the event. */
  checkout: Checkout;
}

/** Reduces an invoice that was finalised. */
export interface CreditNote {
  /** Id of the credit note. */
  creditNoteId: string;
  /** Its number for people. */
  number: string | null;
  /** Invoice that is credited. */
  invoiceId: string;
  /** Customer. */
  customerId: string | null;
  /** `pre_payment`, `post_payment` or `mixed`: whether the invoice was paid already. */
  type: string | null;
  /** `issued` or `void`. */
  status: string;
  /** `duplicate`, `fraudulent`, `order_change`, `product_unsatisfactory`; an open list. */
  reason: string | null;
  /** Text on the document. */
  memo: string | null;
  /** Positive: total with tax, reduces what the customer owes. */
  amount: Money;
  /** Positive: total without exclusive tax. */
  subtotal: Money;
  /** Positive: tax that is given back. */
  taxTotal: Money;
  /** Part credited to the customer balance. */
  toBalance: Money | null;
  /** Part given back outside of the source. */
  outOfBand: Money | null;
  /** Refunds that pay it out. They are facts of their own. */
  refundIds: string[];
  /** When it was made. */
  createdAt: number;
  /** Date on the document. */
  effectiveAt: number | null;
  /** Its lines. */
  lines: CreditNoteLine[];
  /** False when the source holds more lines than could be read. */
  linesComplete: boolean;
  /** Key and value pairs of the source object. User input: never trusted, never evaluated. */
  metadata: Record<string, string>;
}

/** A credit note was issued. */
export interface CreditNoteIssued {
  /** Where this fact comes from. */
  source: Source;
  /** The credit note. */
  creditNote: CreditNote;
}

/** One line of a credit note. */
export interface CreditNoteLine {
  /** Id of the line. */
  lineId: string;
  /** Credited line of the invoice; null for a free line. */
  invoiceLineId: string | null;
  /** Text of the line. */
  description: string | null;
  /** Decimal text; null when the line has none. */
  quantity: string | null;
  /** Positive: reduces what the customer owes. Without exclusive tax. */
  amount: Money;
  /** Taxes of the line. */
  taxes: TaxAmount[];
}

/** A credit note changed. */
export interface CreditNoteUpdated {
  /** Where this fact comes from. */
  source: Source;
  /** The credit note after the change. */
  creditNote: CreditNote;
  /** Names of the fields that the source says have changed (`previous_attributes`), dotted for nested ones. */
  changed: string[];
}

/** A credit note was voided: the receivable is there again. */
export interface CreditNoteVoided {
  /** Where this fact comes from. */
  source: Source;
  /** The credit note. */
  creditNote: CreditNote;
}

/** A customer asked the bank for the money back, or only asked (an inquiry). */
export interface Dispute {
  /** Id of the dispute. */
  disputeId: string;
  /** Disputed charge. */
  chargeId: string | null;
  /** Disputed payment: payment intent id, else charge id. */
  paymentId: string;
  /** Payment intent, when there is one. */
  paymentIntentId: string | null;
  /** Customer when known; a dispute does not name one. */
  customerId: string | null;
  /** Positive: disputed amount in the currency of the charge. May differ from the charge; never booked, `settlements` are. */
  amount: Money;
  /** `needs_response`, `under_review`, `won`, `lost`, `warning_needs_response`, ...; an open list. */
  status: string;
  /** `fraudulent`, `product_not_received`, ...; an open list. */
  reason: string | null;
  /** Reason code of the card network. */
  networkReasonCode: string | null;
  /** True: no money moves (`warning_*`). */
  inquiry: boolean;
  /** Whether the charge can still be refunded. */
  refundable: boolean | null;
  /** Until when to answer; null when there is nothing to answer. */
  evidenceDueAt: number | null;
  /** When the dispute was opened. */
  createdAt: number;
  /** The movements of the dispute so far, 0 to 2: gross negative when withdrawn, positive when reinstated. */
  settlements: Settlement[];
  /** Key and value pairs of the source object. User input: never trusted, never evaluated. */
  metadata: Record<string, string>;
}

/** A dispute ended; `dispute.status` says how. */
export interface DisputeClosed {
  /** Where this fact comes from. */
  source: Source;
  /** The dispute as of the event. */
  dispute: Dispute;
}

/** The disputed amount came back to the balance. */
export interface DisputeFundsReinstated {
  /** Where this fact comes from. */
  source: Source;
  /** The dispute as of the event. */
  dispute: Dispute;
  /** The movement; gross is positive. Null when not told. */
  settlement: Settlement | null;
}

/** The disputed amount was taken from the balance. */
export interface DisputeFundsWithdrawn {
  /** Where this fact comes from. */
  source: Source;
  /** The dispute as of the event. */
  dispute: Dispute;
  /** The movement; gross is negative. Null when not told. */
  settlement: Settlement | null;
}

/** A dispute or an inquiry began. */
export interface DisputeOpened {
  /** Where this fact comes from. */
  source: Source;
  /** The dispute as of the event. */
  dispute: Dispute;
}

/** A dispute changed, for example evidence was sent. */
export interface DisputeUpdated {
  /** Where this fact comes from. */
  source: Source;
  /** The dispute after the change. */
  dispute: Dispute;
  /** Names of the fields that the source says have changed (`previous_attributes`), dotted for nested ones. */
  changed: string[];
}

/** A document of receivables (order, invoice, credit memo, cash receipt) was made or changed in an ERP. */
export interface LedgerDocumentChanged {
  /** Where this fact comes from. */
  source: Source;
  /** Target whose company holds the document. */
  target: string;
  /** Company in the ERP. */
  company: string;
  /** `sales-order`, `ar-invoice`, `credit-memo`, `cash-receipt`; an open list. */
  kind: string;
  /** `created`, `updated`, `posted`, `closed` or `deleted`. */
  operation: string;
  /** The ERP's keys of the document. */
  reference: Record<string, string>;
  /** The ERP's keys of its customer. */
  customerReference: Record<string, string>;
  /** Number for people. */
  number: string | null;
  /** Foreign number kept in the document, for example an invoice id of the source. */
  externalReference: string | null;
  /** Total. Positive: the customer owes; negative: the customer is owed. */
  amount: Money | null;
  /** What is still open, same sign. */
  openAmount: Money | null;
  /** YYYY-MM-DD. */
  documentDate: string | null;
  /** YYYY-MM-DD. */
  dueDate: string | null;
  /** The ERP's own state. */
  status: string | null;
}

/** Who paid, as told with the payment; every part may be missing. */
export interface Payer {
  /** Name. */
  name: string | null;
  /** E-mail address. */
  email: string | null;
  /** Phone number. */
  phone: string | null;
  /** Billing address. */
  address: Address | null;
}

/** The payment intent says succeeded. The money is booked from its charge (PaymentReceived). */
export interface PaymentConfirmed {
  /** Where this fact comes from. */
  source: Source;
  /** The payment; here the payment intent id. */
  paymentId: string;
  /** Payment intent. */
  paymentIntentId: string;
  /** Its latest charge, when told. */
  chargeId: string | null;
  /** Customer; null for guests. */
  customerId: string | null;
  /** Amount received. Positive: money came in. */
  amount: Money;
  /** Key and value pairs of the source object. User input: never trusted, never evaluated. */
  metadata: Record<string, string>;
}

/** A payment was refused. No money moved. */
export interface PaymentFailed {
  /** Where this fact comes from. */
  source: Source;
  /** The payment: payment intent id, else charge id. Sequence of everything about this payment. */
  paymentId: string;
  /** Id of the charge. */
  chargeId: string;
  /** Customer; null for guests. */
  customerId: string | null;
  /** What was asked for. Positive. */
  amount: Money;
  /** `card_declined`, ...; an open list. */
  failureCode: string | null;
  /** What the source says about it. */
  failureText: string | null;
}

/** What was paid with. Holds no card data beyond brand, country and the last four digits. */
export interface PaymentMethod {
  /** `card`, `us_bank_account`, `sepa_debit`, ...; an open list. */
  type: string;
  /** Card brand. */
  brand: string | null;
  /** Last four digits. */
  last4: string | null;
  /** ISO 3166-1 alpha-2 code of the issuer. */
  country: string | null;
}

/** A payment by a slow method is on its way and may still fail: nothing to book yet. */
export interface PaymentPending {
  /** Where this fact comes from. */
  source: Source;
  /** The payment: payment intent id, else charge id. Sequence of everything about this payment. */
  paymentId: string;
  /** Id of the charge. */
  chargeId: string;
  /** Payment intent, when there is one. */
  paymentIntentId: string | null;
  /** Customer; null for guests. */
  customerId: string | null;
  /** What is expected. Positive. */
  amount: Money;
  /** What it is paid with. */
  method: PaymentMethod;
  /** Key and value pairs of the source object. User input: never trusted, never evaluated. */
  metadata: Record<string, string>;
}

/** Money came in: a captured charge, gross of fees. */
export interface PaymentReceived {
  /** Where this fact comes from. */
  source: Source;
  /** The payment: payment intent id, else charge id. Sequence of everything about this payment. */
  paymentId: string;
  /** Id of the charge. */
  chargeId: string;
  /** Which capture of the charge this is, where a charge is captured more than once; part of the posting key. Null for the first or only capture. */
  part: string | null;
  /** Payment intent, when there is one. */
  paymentIntentId: string | null;
  /** Customer; null for guests. */
  customerId: string | null;
  /** The customer object when it could be read from the source; null otherwise. */
  customer: Customer | null;
  /** Who paid, as told with the payment. */
  payer: Payer;
  /** Captured amount, gross of fees, in the currency of the charge. Positive: money came in. */
  amount: Money;
  /** When the charge was made. */
  receivedAt: number;
  /** When the charge was made; for bank debits and late captures days before the money was received. Null in events of earlier versions. */
  chargedAt: number | null;
  /** The sale that is paid, as the charge tells it: invoice, else the merchant's order reference, else payment intent, else charge. A charge does not name its checkout session, nor since API 2025-03-31 its invoice: `ar.checkout-completed` and `billing.invoice-payment-applied` name the payment. */
  saleId: string | null;
  /** What was paid with. */
  method: PaymentMethod;
  /** Free text of the merchant. */
  description: string | null;
  /** Null while the source has not written its balance transaction (asynchronous capture). */
  balanceTransactionId: string | null;
  /** Fee and net, when known already. */
  settlement: Settlement | null;
  /** Key and value pairs of the source object. User input: never trusted, never evaluated. */
  metadata: Record<string, string>;
}

/** Fee and net of a payment became known. */
export interface PaymentSettled {
  /** Where this fact comes from. */
  source: Source;
  /** The payment: payment intent id, else charge id. Sequence of everything about this payment. */
  paymentId: string;
  /** Id of the charge. */
  chargeId: string;
  /** Customer; null for guests. */
  customerId: string | null;
  /** Captured amount in the currency of the charge. Positive: money came in. */
  amount: Money;
  /** Balance transaction of the charge. */
  balanceTransactionId: string;
  /** Fee and net; null when the balance transaction could not be read. */
  settlement: Settlement | null;
}

/** Money given back, or on its way back, to a customer. */
export interface Refund {
  /** Id of the refund. */
  refundId: string;
  /** Charge that is refunded. */
  chargeId: string | null;
  /** The payment that is refunded: payment intent id, else charge id. */
  paymentId: string;
  /** Payment intent, when there is one. */
  paymentIntentId: string | null;
  /** Customer; null for guests. */
  customerId: string | null;
  /** Positive: given back to the customer, in the currency of the charge. */
  amount: Money;
  /** `pending`, `requires_action`, `succeeded`, `failed`, `canceled`; succeeded can become failed 30 days later. */
  status: string | null;
  /** `duplicate`, `fraudulent`, `requested_by_customer`, `expired_uncaptured_charge`; an open list. */
  reason: string | null;
  /** When the refund was made. */
  createdAt: number;
  /** Balance transaction that took the money. */
  balanceTransactionId: string | null;
  /** What the balance changed by, when known. */
  settlement: Settlement | null;
  /** Captured amount of the payment that is refunded, when known. */
  paymentAmount: Money | null;
  /** Sum of the earlier refunds of the payment that did not fail, when known: this one completes it when both add up to paymentAmount. */
  refundedBefore: Money | null;
  /** Credit note that this refund pays out: the note is the credit memo then. */
  creditNoteId: string | null;
  /** The sale it belongs to, when known. */
  sale: RefundedSale | null;
  /** Why it failed. */
  failureReason: string | null;
  /** What the balance changed by when the money came back, when known; gross is positive. */
  failureSettlement: Settlement | null;
  /** Balance transaction that brought the money back after a failure. */
  failureBalanceTransactionId: string | null;
  /** Key and value pairs of the source object. User input: never trusted, never evaluated. */
  metadata: Record<string, string>;
}

/** A refund was made. */
export interface RefundCreated {
  /** Where this fact comes from. */
  source: Source;
  /** The refund as of the event. */
  refund: Refund;
}

/** A refund came back: the customer has to be paid in another way. */
export interface RefundFailed {
  /** Where this fact comes from. */
  source: Source;
  /** The refund as of the event. */
  refund: Refund;
}

/** A refund changed its state or got further data. */
export interface RefundUpdated {
  /** Where this fact comes from. */
  source: Source;
  /** The refund after the change. */
  refund: Refund;
  /** Names of the fields that the source says have changed (`previous_attributes`), dotted for nested ones. */
  changed: string[];
}

/** The sale that a refund gives back money of. */
export interface RefundedSale {
  /** Id of the sale: checkout session, else invoice, both read from the source; else as in PaymentReceived.saleId. */
  id: string;
  /** What the id is: `checkout-session`, `invoice`, `order`, `payment-intent`, `charge`; an open list. */
  kind: string;
  /** Gross amount of the sale, when known. */
  total: Money | null;
  /** Tax in the total, when known. */
  tax: Money | null;
}

/** From now on this version counts in an environment. A roll-back is the activation of an older version. */
export interface AssetActivated {
  /** `dev`, `test` or `prod`. */
  environment: string;
  /** Kind of asset. */
  kind: string;
  /** Name of the asset. */
  name: string;
  /** Version that counts; null: switched off. */
  version: string | null;
  /** Version that counted before. */
  previousVersion: string | null;
  /** Why. */
  reason: string;
  /** Who. */
  activatedBy: string;
  /** When. */
  activatedAt: number;
}

/** A version of a flow, mapping, table or posting profile. The same content has the same version. */
export interface AssetVersionPublished {
  /** `flow`, `mapping`, `posting-profile`, `decision-table` or `lookup-table`. */
  kind: string;
  /** Name within its kind. */
  name: string;
  /** SHA-256 hex of the content. */
  version: string;
  /** `application/yaml` or `text/csv`. */
  contentType: string;
  /** The document. */
  content: string;
  /** Version that it was made from. */
  previousVersion: string | null;
  /** What changed and why. */
  note: string | null;
  /** Who. */
  publishedBy: string;
  /** When. */
  publishedAt: number;
}

/** An invoice as the source knows it. */
export interface Invoice {
  /** Id of the invoice. */
  invoiceId: string;
  /** Its number for people; null while a draft. */
  number: string | null;
  /** Customer. */
  customerId: string | null;
  /** Subscription that made it. */
  subscriptionId: string | null;
  /** `draft`, `open`, `paid`, `void` or `uncollectible`. */
  status: string;
  /** `subscription_cycle`, `subscription_update`, `manual`, ...; an open list. */
  billingReason: string | null;
  /** `charge_automatically` or `send_invoice`. */
  collectionMethod: string | null;
  /** Name on the document, frozen when finalised. */
  customerName: string | null;
  /** E-mail address on the document. */
  customerEmail: string | null;
  /** Address on the document. */
  customerAddress: Address | null;
  /** `none`, `exempt` or `reverse` (reverse charge). */
  customerTaxExempt: string | null;
  /** Tax numbers on the document: key is the type, value the number. */
  customerTaxIds: CustomField[];
  /** Sum of the lines before discounts and exclusive tax. Positive: the customer owes. */
  subtotal: Money;
  /** Positive: taken off. */
  discountTotal: Money;
  /** Exclusive and inclusive tax. */
  taxTotal: Money;
  /** Delivery. */
  shippingTotal: Money | null;
  /** After discounts and tax. Negative: goes to the balance of the customer. */
  total: Money;
  /** What is asked for, after the balance of the customer. */
  amountDue: Money;
  /** What was paid. */
  amountPaid: Money;
  /** What is still open. */
  amountRemaining: Money;
  /** Part paid outside of the source. */
  paidOffSource: Money | null;
  /** Balance of the customer before. Negative: the customer has credit. */
  startingBalance: Money | null;
  /** Balance of the customer after; null while a draft. */
  endingBalance: Money | null;
  /** Credit notes before payment. Positive: reduces. */
  prePaymentCredits: Money | null;
  /** Credit notes after payment. Positive: reduces. */
  postPaymentCredits: Money | null;
  /** Taxes of the document. */
  taxes: TaxAmount[];
  /** How often payment was tried. */
  attemptCount: number;
  /** When it is tried again. */
  nextAttemptAt: number | null;
  /** When it was made. */
  createdAt: number;
  /** Date on the document. */
  effectiveAt: number | null;
  /** When it became a receivable. */
  finalisedAt: number | null;
  /** When it was paid. */
  paidAt: number | null;
  /** When it was voided. */
  voidedAt: number | null;
  /** When it was given up. */
  markedUncollectibleAt: number | null;
  /** When it is due. */
  dueAt: number | null;
  /** The customer's purchase order number, when told. */
  purchaseOrder: string | null;
  /** Fields on the document. */
  customFields: CustomField[];
  /** Its lines. */
  lines: InvoiceLine[];
  /** False when the source holds more lines than could be read. */
  linesComplete: boolean;
  /** Metadata of the subscription, frozen when the invoice was made. User input. */
  subscriptionMetadata: Record<string, string>;
  /** Key and value pairs of the source object. User input: never trusted, never evaluated. */
  metadata: Record<string, string>;
}

/** An invoice was made. Nothing is owed yet. */
export interface InvoiceDrafted {
  /** Where this fact comes from. */
  source: Source;
  /** The invoice as of the event. */
  invoice: Invoice;
}

/** An invoice became a receivable: the moment to book it. */
export interface InvoiceFinalised {
  /** Where this fact comes from. */
  source: Source;
  /** The invoice as of the event. */
  invoice: Invoice;
}

/** One line of an invoice. */
export interface InvoiceLine {
  /** Id of the line. */
  lineId: string;
  /** Text of the line. */
  description: string | null;
  /** Without exclusive tax, before discounts. Negative: a credit (proration). */
  amount: Money;
  /** Positive: taken off by discounts. */
  discountTotal: Money | null;
  /** Decimal text. */
  quantity: string | null;
  /** Decimal text in minor units; may have decimals of a minor unit. */
  unitAmount: string | null;
  /** Price. */
  priceId: string | null;
  /** Product. */
  productId: string | null;
  /** Subscription that the line bills. */
  subscriptionId: string | null;
  /** Item of it. */
  subscriptionItemId: string | null;
  /** Invoice item that the line bills. */
  invoiceItemId: string | null;
  /** When the service is given: the base of deferred revenue. */
  period: Period;
  /** True: a change in the middle of a period. */
  proration: boolean;
  /** For a proration credit: invoice whose lines it takes back. */
  creditedInvoiceId: string | null;
  /** For a proration credit: lines that it takes back. */
  creditedLineIds: string[];
  /** Taxes of the line. */
  taxes: TaxAmount[];
  /** Key and value pairs of the source object. User input: never trusted, never evaluated. */
  metadata: Record<string, string>;
}

/** An invoice was given up. It can still be paid later. */
export interface InvoiceMarkedUncollectible {
  /** Where this fact comes from. */
  source: Source;
  /** The invoice as of the event. */
  invoice: Invoice;
}

/** An invoice was paid, also outside of the source, also at zero. */
export interface InvoicePaid {
  /** Where this fact comes from. */
  source: Source;
  /** The invoice as of the event. */
  invoice: Invoice;
}

/** A payment paid an invoice or a part of it: the link between cash and receivable. */
export interface InvoicePaymentApplied {
  /** Where this fact comes from. */
  source: Source;
  /** Id of the application. */
  invoicePaymentId: string;
  /** Invoice. */
  invoiceId: string;
  /** Customer, when known. */
  customerId: string | null;
  /** The payment: payment intent id, else charge id; null when paid outside of the source. */
  paymentId: string | null;
  /** Payment intent. */
  paymentIntentId: string | null;
  /** Charge. */
  chargeId: string | null;
  /** Positive: what it paid. */
  amount: Money;
  /** When. */
  paidAt: number | null;
}

/** An attempt to collect an invoice failed. */
export interface InvoicePaymentFailed {
  /** Where this fact comes from. */
  source: Source;
  /** The invoice as of the event. */
  invoice: Invoice;
}

/** An invoice changed without changing its state. */
export interface InvoiceUpdated {
  /** Where this fact comes from. */
  source: Source;
  /** The invoice as of the event. */
  invoice: Invoice;
  /** Names of the fields that the source says have changed (`previous_attributes`), dotted for nested ones. */
  changed: string[];
}

/** An invoice was voided: take back what was booked. */
export interface InvoiceVoided {
  /** Where this fact comes from. */
  source: Source;
  /** The invoice as of the event. */
  invoice: Invoice;
}

/** An item (part) was made or changed in an ERP. */
export interface LedgerItemChanged {
  /** Where this fact comes from. */
  source: Source;
  /** Target whose company holds the item. */
  target: string;
  /** Company in the ERP. */
  company: string;
  /** `created`, `updated` or `deleted`. */
  operation: string;
  /** The ERP's keys of the item, for example `PartNum`. */
  reference: Record<string, string>;
  /** Description. */
  name: string | null;
  /** Unit that is sold. */
  unitOfMeasure: string | null;
  /** List price. Positive. */
  listPrice: Money | null;
  /** Group of products. */
  productGroup: string | null;
  /** Tax category of the ERP. */
  taxCategory: string | null;
  /** Can be sold. */
  active: boolean;
}

/** What a product costs. */
export interface Price {
  /** Id of the price. */
  priceId: string;
  /** Product. */
  productId: string;
  /** ISO 4217 code in upper case. */
  currency: string;
  /** Positive; null for tiers and for amounts with decimals of a minor unit. */
  unitAmount: Money | null;
  /** Decimal text in minor units. */
  unitAmountDecimal: string | null;
  /** `one_time` or `recurring`. */
  type: string;
  /** `per_unit` or `tiered`. */
  billingScheme: string | null;
  /** `day`, `week`, `month` or `year`. */
  interval: string | null;
  /** How many intervals a period has. */
  intervalCount: number | null;
  /** `licensed` or `metered`. */
  usageType: string | null;
  /** `inclusive`, `exclusive` or `unspecified`. */
  taxBehavior: string | null;
  /** Short text of the merchant. */
  nickname: string | null;
  /** The merchant's own key. */
  lookupKey: string | null;
  /** Can be bought. */
  active: boolean;
  /** When it was made. */
  createdAt: number;
  /** Key and value pairs of the source object. User input: never trusted, never evaluated. */
  metadata: Record<string, string>;
}

/** A price was made. */
export interface PriceCreated {
  /** Where this fact comes from. */
  source: Source;
  /** The price as of the event. */
  price: Price;
}

/** A price was deleted. */
export interface PriceDeleted {
  /** Where this fact comes from. */
  source: Source;
  /** Id of the price. */
  priceId: string;
}

/** A price changed; its amount never does. */
export interface PriceUpdated {
  /** Where this fact comes from. */
  source: Source;
  /** The price as of the event. */
  price: Price;
  /** Names of the fields that the source says have changed (`previous_attributes`), dotted for nested ones. */
  changed: string[];
}

/** Something that is sold. */
export interface Product {
  /** Id of the product. */
  productId: string;
  /** Name. */
  name: string;
  /** Text. */
  description: string | null;
  /** Can be bought. */
  active: boolean;
  /** What is counted: `seat`. */
  unitLabel: string | null;
  /** The source's tax code. */
  taxCode: string | null;
  /** Is a physical thing; null when not told. */
  shippable: boolean | null;
  /** Price that is used when none is named. */
  defaultPriceId: string | null;
  /** When it was made. */
  createdAt: number;
  /** Key and value pairs of the source object. User input: never trusted, never evaluated. */
  metadata: Record<string, string>;
}

/** A product was made. */
export interface ProductCreated {
  /** Where this fact comes from. */
  source: Source;
  /** The product as of the event. */
  product: Product;
}

/** A product was deleted. */
export interface ProductDeleted {
  /** Where this fact comes from. */
  source: Source;
  /** Id of the product. */
  productId: string;
}

/** A product changed. */
export interface ProductUpdated {
  /** Where this fact comes from. */
  source: Source;
  /** The product as of the event. */
  product: Product;
  /** Names of the fields that the source says have changed (`previous_attributes`), dotted for nested ones. */
  changed: string[];
}

/** A subscription as the source knows it. */
export interface Subscription {
  /** Id of the subscription. */
  subscriptionId: string;
  /** Customer. */
  customerId: string;
  /** `trialing`, `active`, `past_due`, `canceled`, ...; an open list. */
  status: string;
  /** ISO 4217 code in upper case. */
  currency: string | null;
  /** `charge_automatically` or `send_invoice`. */
  collectionMethod: string | null;
  /** What it bills. */
  items: SubscriptionItem[];
  /** False when the source holds more items than could be read. */
  itemsComplete: boolean;
  /** When it began. */
  startedAt: number;
  /** Trial period. */
  trial: Period | null;
  /** Moment that all periods are counted from. */
  billingAnchorAt: number | null;
  /** Ends with the running period. */
  cancelAtPeriodEnd: boolean;
  /** When it will end. */
  cancelAt: number | null;
  /** When it was cancelled. */
  cancelledAt: number | null;
  /** When it ended. */
  endedAt: number | null;
  /** Why; an open list. */
  cancellationReason: string | null;
  /** Newest invoice. */
  latestInvoiceId: string | null;
  /** Key and value pairs of the source object. User input: never trusted, never evaluated. */
  metadata: Record<string, string>;
}

/** A subscription was made. */
export interface SubscriptionCreated {
  /** Where this fact comes from. */
  source: Source;
  /** The subscription as of the event. */
  subscription: Subscription;
}

/** A subscription ended. */
export interface SubscriptionDeleted {
  /** Where this fact comes from. */
  source: Source;
  /** The subscription as of the event. */
  subscription: Subscription;
}

/** One thing that a subscription bills. */
export interface SubscriptionItem {
  /** Id of the item. */
  itemId: string;
  /** Price. */
  priceId: string;
  /** Product. */
  productId: string | null;
  /** Decimal text; null for metered prices. */
  quantity: string | null;
  /** The period that is running. */
  currentPeriod: Period | null;
  /** Key and value pairs of the source object. User input: never trusted, never evaluated. */
  metadata: Record<string, string>;
}

/** A trial ends soon. */
export interface SubscriptionTrialEnding {
  /** Where this fact comes from. */
  source: Source;
  /** The subscription as of the event. */
  subscription: Subscription;
}

/** A subscription changed: items, quantities, state. */
export interface SubscriptionUpdated {
  /** Where this fact comes from. */
  source: Source;
  /** The subscription as of the event. */
  subscription: Subscription;
  /** Names of the fields that the source says have changed (`previous_attributes`), dotted for nested ones. */
  changed: string[];
}

/** An ERP says, or a poll found, that a record was made, changed or deleted. Source of replays. */
export interface ErpChangeReceived {
  /** Target whose company holds the record. */
  target: string;
  /** Kind of ERP: `epicor-kinetic`. */
  system: string;
  /** Company in the ERP. */
  company: string;
  /** Kind of document: `customer`, `item`, `ar-invoice`, ...; an open list. */
  kind: string;
  /** `insert`, `update` or `delete`; `seen` when a poll cannot tell. */
  operation: string;
  /** The ERP's keys of the record. */
  reference: Record<string, string>;
  /** JSON text, exactly as the ERP gave it. */
  body: string;
  /** The ERP's own version of the record, when it has one. */
  revision: string | null;
  /** Account that changed it: by this our own echoes are recognised. */
  changedBy: string | null;
  /** `webhook` or `poll`. */
  via: string;
  /** When the ERP says that it happened. */
  occurredAt: number | null;
  /** When it was received or found. */
  observedAt: number;
}

/** How far a sweep or a poll has come. */
export interface CheckpointReached {
  /** Name of the sweep: `stripe-events`, `kinetic-customers`. */
  sweep: string;
  /** `stripe`, `epicor-kinetic`, ... */
  system: string;
  /** Account or company; null for the default one. */
  account: string | null;
  /** The source's cursor to go on from. */
  cursor: string | null;
  /** Everything older was seen. */
  watermarkAt: number | null;
  /** How far behind the watermark the next run begins, milliseconds. */
  overlapMs: number;
  /** How many objects were seen so far. */
  seen: number;
  /** When. */
  reachedAt: number;
}

/** A postal address as the source knows it; every part may be missing and is free text. */
export interface Address {
  /** First line. */
  line1: string | null;
  /** Second line. */
  line2: string | null;
  /** City. */
  city: string | null;
  /** State, province or region: free text, not a code. */
  state: string | null;
  /** Postal code with its leading zeros. */
  postalCode: string | null;
  /** ISO 3166-1 alpha-2 code. */
  country: string | null;
}

/** A field that the merchant added to a form or a document. */
export interface CustomField {
  /** Key, or the label where the source has no key. */
  key: string;
  /** What was entered. User input. */
  value: string | null;
}

/** Integer minor units as the source sent them, and the ISO 4217 code in upper case. */
export interface Money {
  /** Integer minor units, unscaled, signed; the full 64-bit range. Each field of this type says what its sign means. */
  minor: bigint;
  /** ISO 4217 code in upper case. */
  currency: string;
}

/** A span of time. Equal start and end: a single moment, so one-off. */
export interface Period {
  /** First moment in it. */
  start: number;
  /** First moment after it (exclusive). */
  end: number;
}

/** Fee and net of one movement, from its balance transaction, in settlement currency. */
export interface Settlement {
  /** Id of the balance transaction (`txn_...`). */
  balanceTransactionId: string;
  /** Amount before fees. Negative: money leaves the balance. */
  gross: Money;
  /** Sum of the fees. Positive: taken from the balance; negative: given back. */
  fee: Money;
  /** gross - fee: what the balance changed by. */
  net: Money;
  /** Stripe's category (`charge`, `refund`, `dispute`, ...); an open list. */
  reportingCategory: string | null;
  /** From when the money can be paid out. */
  availableAt: number | null;
}

/** Who receives the goods and where. */
export interface Shipping {
  /** Name of the recipient. */
  name: string | null;
  /** Phone number of the recipient. */
  phone: string | null;
  /** Where to; null when not told. */
  address: Address | null;
}

/** Where a canonical fact comes from. */
export interface Source {
  /** `stripe`, or the kind of ERP: `epicor-kinetic`. */
  system: string;
  /** Connected account or company in the source; null for the account of the endpoint itself. Ids mean nothing outside of it. */
  account: string | null;
  /** Id of the raw event at its source (`evt_...`). */
  eventId: string;
  /** The source's own name of the event, for example `charge.succeeded`. */
  eventType: string;
  /** Id of the object that the event is about. */
  objectId: string;
  /** Version of the shape in which the source sent the object; null when it does not say. */
  apiVersion: string | null;
  /** False for test data. */
  livemode: boolean;
  /** Milliseconds since the epoch, UTC. One-second resolution: never an order. */
  occurredAt: number;
}

/** One tax on a line or a document. */
export interface TaxAmount {
  /** The tax; with the sign of what is taxed. */
  amount: Money;
  /** `inclusive`: already inside the amount of the line; `exclusive`: on top of it. */
  behavior: string | null;
  /** Id of the tax rate at the source. */
  rateId: string | null;
  /** `standard_rated`, `reverse_charge`, `customer_exempt`, ...; an open list. */
  taxabilityReason: string | null;
  /** What the tax was computed on. */
  taxableAmount: Money | null;
}

/** What became of a posting request at its target. */
export interface PostingConcluded {
  /** Event id (ce_id) of the PostingRequested. */
  requestId: string;
  /** Posting key of the request. */
  postingKey: string;
  /** Target of the request. */
  target: string;
  /** Kind of document. */
  kind: string;
  /** posted | adopted | updated | released | duplicate | stale | skipped | waiting | held | rejected */
  result: string;
  /** Event id (ce_id) of the canonical fact. */
  canonicalEventId: string;
  /** Id of the raw fact at the start of the walk. */
  sourceEventId: string;
  /** The chain that must stay in order. */
  sequence: string;
  /** The ERP's keys of the document; null when there is none. */
  reference: Record<string, string> | null;
  /** Money of the document; null for master data. */
  amount: Money | null;
  /** Stable error code when it is not done. */
  code: string | null;
  /** What the ERP said, in words for people. */
  text: string | null;
  /** Posting date in the ERP, `YYYY-MM-DD`, when it was moved out of a closed period; null when it is the date that was asked for. */
  postingDate: string | null;
  /** How many attempts were made. */
  attempts: number;
  /** When. */
  concludedAt: number;
}

/** The head of a sequence is held, so what comes later in it queues behind. */
export interface SequenceParked {
  /** Target. */
  target: string;
  /** The sequence. */
  sequence: string;
  /** Posting that holds it up. */
  headPostingKey: string;
  /** Stable error code. */
  code: string;
  /** Why, in words for people. */
  text: string;
  /** How many requests wait behind the head. */
  queued: number;
  /** When. */
  parkedAt: number;
}

/** The head of a sequence is done; what waited is worked on in order. */
export interface SequenceReleased {
  /** Target. */
  target: string;
  /** The sequence. */
  sequence: string;
  /** Posting that held it up. */
  headPostingKey: string;
  /** How many requests waited. */
  released: number;
  /** When. */
  releasedAt: number;
}

/** A target went away, came back, or was stopped. */
export interface TargetStateChanged {
  /** Target. */
  target: string;
  /** `up`, `down`, `throttled`, `stopped`. */
  state: string;
  /** Stable error code of the cause. */
  code: string | null;
  /** Why, in words for people. */
  text: string | null;
  /** When. */
  changedAt: number;
}

/** Read objects from the source again and bring in what is missing. */
export interface BackfillOrdered {
  /** Id of the order. */
  orderId: string;
  /** `stripe`, ... */
  system: string;
  /** Account at the source; null for the default one. */
  account: string | null;
  /** Kinds of objects: `charge`, `customer`, ... */
  objectTypes: string[];
  /** Created not before. */
  from: number;
  /** Created before. */
  to: number;
  /** At most so many calls a second. */
  ratePerSecond: number;
  /** Who ordered it. */
  orderedBy: string;
  /** Why, in their words. */
  reason: string;
  /** When. */
  orderedAt: number;
}

/** A person decided what becomes of one dead letter; it was given back to the group it belongs to. */
export interface DeadLetterDecided {
  /** Id of the order that it belongs to. */
  orderId: string;
  /** Id under which it was given back; DeadLetterClosed answers it. */
  itemId: string;
  /** Id of the dead letter. */
  deadLetterId: string;
  /** `replay`, `skip` or `resolve`. */
  action: string;
  /** Group whose dead letter it is. */
  consumerGroup: string;
  /** Topic the message was read from. */
  topic: string;
  /** Partition it was read from. */
  partition: number;
  /** Offset it was read from. */
  offset: number;
  /** Event id (ce_id) of the message. */
  eventId: string;
  /** The sequence. */
  sequence: string;
  /** Stable error code it died with. */
  errorCode: string;
  /** SHA-256 hex of the bytes that died. */
  beforeDigest: string;
  /** SHA-256 hex of the bytes that were given back: another one when they were edited. */
  afterDigest: string;
  /** For `resolve`: the ERP's keys of the document that stands for it. */
  reference: Record<string, string> | null;
  /** Who. */
  decidedBy: string;
  /** Why, in their words. */
  reason: string;
  /** When it was given back. */
  decidedAt: number;
}

/** Stop an order. What is done stays done. */
export interface OrderCancelled {
  /** Id of the order. */
  orderId: string;
  /** Who. */
  cancelledBy: string;
  /** Why, in their words. */
  reason: string;
  /** When. */
  cancelledAt: number;
}

/** How far an order has come. */
export interface OrderProgressed {
  /** Id of the order. */
  orderId: string;
  /** `running`, `paused`, `done`, `failed` or `cancelled`. */
  state: string;
  /** How many are done. */
  done: number;
  /** How many failed. */
  failed: number;
  /** How many there are, when known. */
  total: number | null;
  /** In words for people. */
  text: string | null;
  /** When. */
  progressedAt: number;
}

/** A person decided what becomes of a posting that is held. */
export interface PostingDecided {
  /** Id of the decision. */
  decisionId: string;
  /** Posting key. */
  postingKey: string;
  /** Target. */
  target: string;
  /** `retry`, `skip`, `adopt`, `approve` or `refuse`. */
  decision: string;
  /** For `adopt`: the ERP's keys of the document that is the one. */
  reference: Record<string, string> | null;
  /** Who. */
  decidedBy: string;
  /** Why, in their words. */
  reason: string;
  /** When. */
  decidedAt: number;
}

/** Put messages through again: order kept, throttled, resumable. */
export interface ReplayOrdered {
  /** Id of the order. */
  orderId: string;
  /** `one`, `sequence`, `group` (by cause) or `query`. */
  scope: string;
  /** Topic to read from: a dead letter topic, or a topic of facts. */
  topic: string;
  /** Group that gets the messages again. */
  consumerGroup: string;
  /** For `one`: event ids. */
  eventIds: string[];
  /** For `sequence`: the sequence. */
  sequence: string | null;
  /** For `group`: the stable error code. */
  errorCode: string | null;
  /** For `query`: a condition over headers. */
  query: string | null;
  /** Not older than. */
  from: number | null;
  /** Not newer than (exclusive). */
  to: number | null;
  /** At most so many messages a second. */
  ratePerSecond: number;
  /** Who ordered it. */
  orderedBy: string;
  /** Why, in their words. */
  reason: string;
  /** When. */
  orderedAt: number;
}

/** A schedule came due: flows may be triggered by it. */
export interface ScheduleDue {
  /** Name of the schedule. */
  schedule: string;
  /** `dev`, `test` or `prod`. */
  environment: string;
  /** When it was due; part of its identity. */
  dueAt: number;
}

/** A customer as the source knows it. `metadata` is user input. */
export interface Customer {
  /** Id at the source (`cus_...`). */
  customerId: string;
  /** Full name or company name. */
  name: string | null;
  /** E-mail address; neither unique nor verified. */
  email: string | null;
  /** Phone number, free text. */
  phone: string | null;
  /** Free text of the merchant. */
  description: string | null;
  /** Billing address. */
  address: Address | null;
  /** Delivery address. */
  shipping: Shipping | null;
  /** Currency of recurring charges, upper case; null until the first one. */
  currency: string | null;
  /** `none`, `exempt` or `reverse`. */
  taxExempt: string | null;
  /** First preferred language of the customer. */
  locale: string | null;
  /** When the customer was made. */
  createdAt: number | null;
  /** Key and value pairs of the source object. User input: never trusted, never evaluated. */
  metadata: Record<string, string>;
}

/** A customer was made at the source. */
export interface CustomerCreated {
  /** Where this fact comes from. */
  source: Source;
  /** The customer as of the event. */
  customer: Customer;
}

/** A customer was deleted at the source. Its documents stay. */
export interface CustomerDeleted {
  /** Where this fact comes from. */
  source: Source;
  /** Id of the customer. */
  customerId: string;
}

/** A customer was changed at the source. */
export interface CustomerUpdated {
  /** Where this fact comes from. */
  source: Source;
  /** The customer after the change. */
  customer: Customer;
  /** Names of the fields that the source says have changed (`previous_attributes`), dotted for nested ones. */
  changed: string[];
}

/** A customer was made or changed in an ERP. */
export interface LedgerCustomerChanged {
  /** Where this fact comes from. */
  source: Source;
  /** Target whose company holds the customer: `kinetic-main`. */
  target: string;
  /** Company in the ERP. */
  company: string;
  /** `created`, `updated` or `deleted`. */
  operation: string;
  /** The ERP's keys of the customer, for example `CustNum` and `CustID`. */
  reference: Record<string, string>;
  /** What the ERP says, in canonical words; `customerId` is the id of the ERP. Null when deleted. */
  customer: Customer | null;
  /** Credit hold; null when the ERP does not tell. */
  onHold: boolean | null;
}

/** A tax number of a customer. */
export interface TaxId {
  /** Id at the source (`txi_...`). */
  taxIdId: string;
  /** Whose it is; null for a tax id of the account itself. */
  customerId: string | null;
  /** `eu_vat`, `us_ein`, ...; an open list of more than a hundred. */
  type: string;
  /** The number as entered. */
  value: string;
  /** ISO 3166-1 alpha-2 code. */
  country: string | null;
  /** `pending`, `verified`, `unverified`, `unavailable`; null where the type is not verified. */
  verificationStatus: string | null;
  /** Name in the tax register. */
  verifiedName: string | null;
  /** Address in the tax register, one text. */
  verifiedAddress: string | null;
}

/** A customer got a tax number. */
export interface TaxIdCreated {
  /** Where this fact comes from. */
  source: Source;
  /** The tax number. */
  taxId: TaxId;
}

/** A tax number was taken away. */
export interface TaxIdDeleted {
  /** Where this fact comes from. */
  source: Source;
  /** The tax number as it was. */
  taxId: TaxId;
}

/** A tax number changed; mostly its verification came in. */
export interface TaxIdUpdated {
  /** Where this fact comes from. */
  source: Source;
  /** The tax number after the change. */
  taxId: TaxId;
  /** Names of the fields that the source says have changed (`previous_attributes`), dotted for nested ones. */
  changed: string[];
}

/** An order of a person about a dead letter was carried out by the group whose dead letter it is. */
export interface DeadLetterClosed {
  /** Id of the order; one order is answered once, however often it is delivered. */
  orderId: string;
  /** Group whose dead letter it is. */
  consumerGroup: string;
  /** Topic the message was read from. */
  topic: string;
  /** Partition it was read from. */
  partition: number;
  /** Offset it was read from. */
  offset: number;
  /** Event id (ce_id) of the message. */
  eventId: string;
  /** Id of the raw fact at the start of the walk. */
  sourceEventId: string | null;
  /** The sequence. */
  sequence: string;
  /** `replayed`, `skipped`, `resolved`, `dead-again` (it failed again and has a new dead letter) or `not-applicable` (it is no dead letter any more). */
  result: string;
  /** The reason that was given, or why it is not applicable. */
  text: string | null;
  /** When. */
  closedAt: number;
}

/** An event that was made from another. */
export interface DerivedEvent {
  /** Event id (ce_id). */
  eventId: string;
  /** Event type (ce_type). */
  eventType: string;
}

/** route is done with one canonical fact: which postings it asked for, or why none. */
export interface EventRouted {
  /** Id of the raw fact at the start of the walk. */
  sourceEventId: string;
  /** Event id (ce_id) of the canonical fact. */
  canonicalEventId: string;
  /** Event type (ce_type) of the canonical fact. */
  canonicalType: string;
  /** Postings asked for, in order. */
  postings: RequestedPosting[];
  /** Stable reason when nothing came of it; null otherwise. */
  ignoredReason: string | null;
  /** The reason in words for people. */
  ignoredText: string | null;
}

/** translate is done with one raw fact: what it became, or why it became nothing. */
export interface EventTranslated {
  /** Where this fact comes from. */
  source: Source;
  /** Canonical facts made from it, in order. */
  canonical: DerivedEvent[];
  /** Stable reason when nothing came of it; null otherwise. */
  ignoredReason: string | null;
  /** The reason in words for people. */
  ignoredText: string | null;
}

/** A message waits behind an earlier one of its sequence that is on the ladder, dead-lettered or held. */
export interface MessageParked {
  /** Group whose message it is. */
  consumerGroup: string;
  /** Topic it was read from. */
  topic: string;
  /** Partition it was read from. */
  partition: number;
  /** Offset it was read from. */
  offset: number;
  /** Event id (ce_id) of the message. */
  eventId: string;
  /** Id of the raw fact at the start of the walk. */
  sourceEventId: string | null;
  /** The sequence. */
  sequence: string;
  /** Offset of the message that holds the sequence up. */
  headOffset: number;
  /** Stable error code of that one. */
  headCode: string;
  /** When. */
  parkedAt: number;
}

/** A posting that a canonical fact asked for. */
export interface RequestedPosting {
  /** Event id (ce_id) of the request. */
  requestId: string;
  /** Posting key. */
  postingKey: string;
  /** Target. */
  target: string;
  /** Kind of document. */
  kind: string;
}

/** A field of an ERP document whose value is an attribute of another posting's document (CustNum of the customer). */
export interface DocumentReference {
  /** Field of this document. */
  field: string;
  /** Posting whose document holds the value. */
  postingKey: string;
  /** Attribute in that document's reference. */
  attribute: string;
  /** Table of the row that has the field; null for the header. */
  table: string | null;
  /** Handle of the row that has the field; null for the header. */
  lineKey: string | null;
}

/** What a document does to the books: one line of its double entry. Exactly one of debit and credit is given. */
export interface PostingEffect {
  /** Role of the account, the same for every ERP: `AR`, `CLR`, `FEE`, ... (docs/books.md). */
  role: string;
  /** Account of the target that has this role; null when the ERP itself determines it. */
  account: string | null;
  /** Positive amount on the debit side. */
  debit: Money | null;
  /** Positive amount on the credit side. */
  credit: Money | null;
}

/** One row of a document, below its header: an invoice line, a journal line. */
export interface PostingLine {
  /** Table of the document's shape that the row belongs to: `InvcDtl`. */
  table: string;
  /** Handle of the row, unique in its document and table, the same whenever the document is made: the row is found again by it. */
  key: string;
  /** Field name -> value, as in the fields of the header. */
  fields: Record<string, string | boolean | bigint | null>;
}

/** Another document that must be there before this one is sent. Unlike dependsOn it may belong to another flow, and may have to be in the ledger already. */
export interface PostingNeed {
  /** Posting key of the document that is needed. */
  postingKey: string;
  /** `saved` (the ERP has the document) or `released` (it is in the ERP's ledger). */
  until: string;
  /** When nobody has asked for that document within `afterMs`: `wait` goes on waiting, `hold` asks a person, `without` posts without it. */
  ifNeverAsked: string;
  /** How long a document that nobody has asked for is waited for, ms. 0 for `wait`. */
  afterMs: bigint;
}

/** Make this document be there, in that company. */
export interface PostingRequested {
  /** `<target>/<document kind>/<source object id>[/<part>]`, stable for ever. */
  postingKey: string;
  /** One company in one ERP, or one Stripe account: `kinetic-main`. */
  target: string;
  /** Kind of document: `customer`, `cash-receipt`, ... */
  kind: string;
  /** `create-once`, `ensure` (create when absent, never overwrite) or `versioned-upsert`. */
  protocol: string;
  /** Event id (ce_id) of the canonical fact this request was made from. */
  canonicalEventId: string;
  /** Id of the raw fact at the start of the walk. */
  sourceEventId: string;
  /** The chain that must stay in order. */
  sequence: string;
  /** For versioned upserts: (occurredAt seconds * 10 + rank), larger is newer, equal is not older. 0 otherwise. */
  version: bigint;
  /** Posting keys that must be posted before. */
  dependsOn: string[];
  /** Fields that are filled from other postings' documents just before posting. */
  references: DocumentReference[];
  /** Name of the ERP document shape in libs/contracts, e.g. `epicor-kinetic/customer`. */
  shape: string;
  /** Field name -> value. Decimals are decimal text, dates `YYYY-MM-DD`. */
  fields: Record<string, string | boolean | bigint | null>;
  /** Money of the document for reconciliation; null for master data. */
  amount: Money | null;
  /** Flow that asked for it. */
  flow: string;
  /** Version of the mapping that made the fields. */
  mappingVersion: string;
  /** SHA-256 hex of shape and fields. */
  digest: string;
  /** Rows of the document below its header, in order; empty for a document of one row. */
  lines: PostingLine[];
  /** Documents of other flows or steps that must be saved or released before this one is sent. */
  needs: PostingNeed[];
  /** What the document does to the books. Debits equal credits per currency; empty for master data, and in requests of versions that did not tell it. */
  effect: PostingEffect[];
  /** When the posting date lies in a closed period: `next-open` moves it to the first open day and says so, `hold` asks a person. Null: hold. */
  onClosedPeriod: string | null;
  /** False: the document stays saved and a person releases it in the ERP. Null or true: it is released with its batch. */
  release: boolean | null;
  /** When the request was made. */
  requestedAt: number;
}

/** How many decimals amounts of a currency have. */
export interface CurrencyDescribed {
  /** ISO 4217 code, capitals; `*` for every currency without a record of its own. */
  currency: string;
  /** Decimals of the integer in `Money`: 2 means that 1050 is 10.50. */
  minorUnitDecimals: number;
  /** Decimals that a ledger writes. Smaller where the source sends decimals that are always zero. */
  ledgerDecimals: number;
}

/** How risky a charge is, as the source says with the charge. */
export interface ChargeAssessed {
  /** Where this fact comes from. */
  source: Source;
  /** Charge that it is about. */
  chargeId: string | null;
  /** Payment that it is about: payment intent id, else charge id. */
  paymentId: string;
  /** Payment intent. */
  paymentIntentId: string | null;
  /** Customer, when known. */
  customerId: string | null;
  /** `authorized`, `manual_review`, `issuer_declined`, `blocked`, `invalid`; an open list. */
  outcomeType: string;
  /** `normal`, `elevated`, `highest`, `not_assessed`, `unknown`; an open list. */
  riskLevel: string | null;
  /** 0 to 100; null without the product that gives it. */
  riskScore: number | null;
  /** What the card network said. */
  networkStatus: string | null;
  /** Why; an open list. */
  reason: string | null;
  /** Rule that decided. */
  ruleId: string | null;
  /** The source's text for the merchant. */
  text: string | null;
}

/** A card network says that a payment is probably fraud, before any dispute. */
export interface FraudWarning {
  /** Id of the warning. */
  warningId: string;
  /** Charge that it is about. */
  chargeId: string | null;
  /** Payment that it is about: payment intent id, else charge id. */
  paymentId: string;
  /** Payment intent. */
  paymentIntentId: string | null;
  /** Customer, when known. */
  customerId: string | null;
  /** `made_with_stolen_card`, ...; an open list. */
  fraudType: string;
  /** A refund now can still avoid the dispute. */
  actionable: boolean;
  /** When it was raised. */
  createdAt: number;
}

/** An early fraud warning came in. A person decides: credit hold, refund. */
export interface FraudWarningRaised {
  /** Where this fact comes from. */
  source: Source;
  /** The warning. */
  warning: FraudWarning;
}

/** An early fraud warning changed, for example is no longer actionable. */
export interface FraudWarningUpdated {
  /** Where this fact comes from. */
  source: Source;
  /** The warning after the change. */
  warning: FraudWarning;
  /** Names of the fields that the source says have changed (`previous_attributes`), dotted for nested ones. */
  changed: string[];
}

/** A payment that a person looks at. */
export interface Review {
  /** Id of the review. */
  reviewId: string;
  /** Charge that it is about. */
  chargeId: string | null;
  /** Payment that it is about: payment intent id, else charge id. */
  paymentId: string;
  /** Payment intent. */
  paymentIntentId: string | null;
  /** Customer, when known. */
  customerId: string | null;
  /** Still to be looked at. */
  open: boolean;
  /** `rule` or `manual`. */
  openedReason: string | null;
  /** `approved`, `refunded`, `refunded_as_fraud`, `disputed`, ...; an open list. */
  closedReason: string | null;
  /** The newest of both reasons. */
  reason: string | null;
  /** When it was opened. */
  createdAt: number;
}

/** A review was closed. */
export interface ReviewClosed {
  /** Where this fact comes from. */
  source: Source;
  /** The review as of the event. */
  review: Review;
}

/** A review was opened. The payment is usually captured already. */
export interface ReviewOpened {
  /** Where this fact comes from. */
  source: Source;
  /** The review as of the event. */
  review: Review;
}

/** One entry in the ledger of the source. net = gross - fee, and the fee details add up to the fee. */
export interface BalanceMovement {
  /** Id of the balance transaction. */
  movementId: string;
  /** Payout that it belongs to, when known. */
  payoutId: string | null;
  /** The source's type; too coarse for booking (`adjustment`). */
  type: string;
  /** What to classify by: `charge`, `refund`, `dispute`, `fee`, ...; an open list. */
  reportingCategory: string;
  /** `payments`, `issuing`, ...; an open list. */
  balanceType: string | null;
  /** `pending` or `available`. */
  status: string;
  /** In settlement currency. Negative: money leaves the balance. */
  gross: Money;
  /** Positive: taken from the balance; negative: given back. */
  fee: Money;
  /** What the balance changed by. */
  net: Money;
  /** What the fee is made of. */
  fees: FeeDetail[];
  /** Amount in the currency of the charge when it differs from the settlement currency, same sign as gross. */
  presented: Money | null;
  /** Rate as the source wrote it, decimal text, for display only: compute with the two amounts. */
  exchangeRateText: string | null;
  /** Object that caused it (`ch_...`, `re_...`); null for fees and reserves. */
  sourceId: string | null;
  /** Kind of that object, when known. */
  sourceType: string | null;
  /** Payment that it belongs to, when known. */
  paymentId: string | null;
  /** Customer, when known. */
  customerId: string | null;
  /** What the source says about it. */
  description: string | null;
  /** When it was written. */
  createdAt: number;
  /** From when it can be paid out. */
  availableAt: number;
}

/** An entry in the ledger of the source became known, or known to belong to a payout. */
export interface BalanceMovementRecorded {
  /** Where this fact comes from. */
  source: Source;
  /** The entry. */
  movement: BalanceMovement;
}

/** One fee in a movement. */
export interface FeeDetail {
  /** `stripe_fee`, `application_fee`, `payment_method_passthrough_fee`, `tax`, `withheld_tax`; an open list. */
  type: string;
  /** Positive: taken from the balance; negative: given back. */
  amount: Money;
  /** What the source says about it. */
  description: string | null;
  /** Application that took the fee. */
  application: string | null;
}

/** A transfer between the balance and a bank account. */
export interface Payout {
  /** Id of the payout. */
  payoutId: string;
  /** Positive: from the balance to the bank. Negative: a debit of the bank account. */
  amount: Money;
  /** `pending`, `in_transit`, `paid`, `failed`, `canceled`; paid can become failed within five business days. */
  status: string;
  /** False: manual or instant, so its members are unknown to the source. */
  automatic: boolean;
  /** `standard` or `instant`. */
  method: string | null;
  /** `bank_account` or `card`. */
  type: string | null;
  /** `in_progress`, `completed`, `not_applicable`: the list of members is complete only when completed. */
  reconciliationStatus: string | null;
  /** YYYY-MM-DD: business day on which it reaches the bank. */
  arrivalDate: string;
  /** When it was made. */
  createdAt: number;
  /** Balance transaction of the payout itself. */
  balanceTransactionId: string | null;
  /** Balance transaction that brought the money back. */
  failureBalanceTransactionId: string | null;
  /** Why it failed; an open list. */
  failureCode: string | null;
  /** What the source says about it. */
  failureText: string | null;
  /** Id of the bank account at the source; never its number. */
  destination: string | null;
  /** For a reversal: the payout it reverses. */
  originalPayoutId: string | null;
  /** Payout that reverses this one. */
  reversedBy: string | null;
  /** Reference that the bank statement shows. */
  traceId: string | null;
  /** Text on the bank statement. */
  statementDescriptor: string | null;
  /** Text of the merchant. */
  description: string | null;
  /** Key and value pairs of the source object. User input: never trusted, never evaluated. */
  metadata: Record<string, string>;
}

/** A payout was cancelled before it left. */
export interface PayoutCancelled {
  /** Where this fact comes from. */
  source: Source;
  /** The payout as of the event. */
  payout: Payout;
}

/** A payout was made. */
export interface PayoutCreated {
  /** Where this fact comes from. */
  source: Source;
  /** The payout as of the event. */
  payout: Payout;
}

/** A payout came back: take back the bank entry, keep the settled sales. */
export interface PayoutFailed {
  /** Where this fact comes from. */
  source: Source;
  /** The payout as of the event. */
  payout: Payout;
}

/** Members of a payout that are alike, in sum. */
export interface PayoutGroup {
  /** Type of the balance transactions; an open list. */
  type: string;
  /** Reporting category of the balance transactions; an open list. */
  category: string;
  /** Settlement currency, ISO code in capitals. */
  currency: string;
  /** Number of members. */
  count: number;
  /** Sum before fees. Negative: money leaves the balance. */
  gross: Money;
  /** Sum of the fees. Positive: taken from the balance. */
  fee: Money;
  /** gross - fee. */
  net: Money;
  /** The fee by type of fee, a row for each type, in sum. */
  fees: FeeDetail[];
  /** Balance transactions of the group, in order of their ids. Empty in every group of a payout of more than 10,000. */
  movementIds: string[];
}

/** What a payout consists of, complete. The nets of the groups add up to the payout, less `difference`. */
export interface PayoutItemised {
  /** Where this fact comes from. */
  source: Source;
  /** The payout as of the event. */
  payout: Payout;
  /** By type, category and currency, in that order; the movement of the payout itself is in none. */
  groups: PayoutGroup[];
  /** Number of members, without the movement of the payout itself. */
  movementCount: number;
  /** payout.amount less the nets; zero when everything is explained. */
  difference: Money;
}

/** A payout should have reached the bank. Not final. */
export interface PayoutPaid {
  /** Where this fact comes from. */
  source: Source;
  /** The payout as of the event. */
  payout: Payout;
}

/** All members of a payout are known. Sum of their net = amount of the payout, or `difference` says by how much not. */
export interface PayoutReconciled {
  /** Where this fact comes from. */
  source: Source;
  /** The payout as of the event. */
  payout: Payout;
  /** Number of members, without the movement of the payout itself. */
  movementCount: number;
  /** Sum of the net of the members, signed. */
  movementTotal: Money;
  /** payout.amount - movementTotal; zero when everything is explained. */
  difference: Money;
}

/** A payout changed, for example its trace id came. */
export interface PayoutUpdated {
  /** Where this fact comes from. */
  source: Source;
  /** The payout as of the event. */
  payout: Payout;
  /** Names of the fields that the source says have changed (`previous_attributes`), dotted for nested ones. */
  changed: string[];
}

/** Which customer of the source is which customer of a target. */
export interface CustomerCrossReferenced {
  /** Target. */
  target: string;
  /** `stripe`, ... */
  sourceSystem: string;
  /** Id at the source. */
  sourceId: string;
  /** Posting that made or found it. */
  postingKey: string;
  /** The target's keys of the customer. */
  reference: Record<string, string>;
}

/** Which fact of the source is which document of a target. */
export interface DocumentCrossReferenced {
  /** Target. */
  target: string;
  /** Kind of document. */
  kind: string;
  /** Id at the source. */
  sourceId: string;
  /** Posting that made or found it. */
  postingKey: string;
  /** The target's keys of the document. */
  reference: Record<string, string>;
}

/** Which product or price of the source is which item of a target. */
export interface ItemCrossReferenced {
  /** Target. */
  target: string;
  /** `stripe`, ... */
  sourceSystem: string;
  /** Id at the source. */
  sourceId: string;
  /** Posting that made or found it. */
  postingKey: string;
  /** The target's keys of the item. */
  reference: Record<string, string>;
}
