import type { PostingRequested } from '@tributary/contracts';
import type { PostingRequest } from '@tributary/posting';

/** Kinds of documents. All but `customer` are entered in batches and get into the books when their batch is released. */
export type SimKind = 'customer' | 'cash-receipt' | 'refund' | 'invoice' | 'credit-memo' | 'refund-payment' | 'application' | 'journal';

/** One line of double entry: a row of a document, or what its header books. */
export interface SimLine {
  /** Handle of the row. */
  readonly key: string;
  readonly role: string;
  /** Minor units, debits positive and credits negative. */
  readonly minor: bigint;
}

/** A posting request as stored in `postings.<target>.v1`. */
export interface SimRequest extends PostingRequest {
  readonly eventId: string;
  readonly postingKey: string;
  readonly kind: SimKind;
  readonly dependsOn: PostingRequested['dependsOn'];
  readonly needs: PostingRequested['needs'];
  readonly effect: PostingRequested['effect'];
  readonly flow: string;
  readonly mappingVersion: string;
  /** What the header books. */
  readonly header: readonly SimLine[];
  /** Rows below the header. */
  readonly lines: readonly SimLine[];
  /** Of an application: how much of which document settles which other one. */
  readonly applies: { readonly from: string; readonly to: string; readonly minor: bigint } | undefined;
  /** Posting key of the document that this one takes back. */
  readonly undoes: string | undefined;
  /** What the movement behind it did to the Stripe balance, minor units. */
  readonly stripeMinor: bigint;
  /** Minor units, signed from the customer account's view. 0 for customers (I5). */
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly recordKey: string;
  readonly sequence: string;
  /** Part of the payload that no outcome, header or stored sequence may carry (I8). */
  readonly secret: string;
  /** The ERP rejects it until an operator corrects its master data. */
  readonly bad: boolean;
  /** The ERP rejects its last line until an operator corrects its master data. */
  readonly badLine: boolean;
  /** Deletes a customer: nothing to change in a target that does not know the customer. */
  readonly deletes: boolean;
}

/** What one document of a flow has of its own; the rest is the same for all. */
export type RequestPart = Partial<SimRequest> & Pick<SimRequest, 'postingKey' | 'kind'>;

/** A captured payment. */
export interface Charge {
  readonly id: string;
  readonly receiptKey: string;
  readonly amountMinor: bigint;
  readonly currency: string;
}
