import type { PostingRequest } from '@tributary/posting';

/** A posting request as stored in `postings.<target>.v1`. */
export interface SimRequest extends PostingRequest {
  readonly eventId: string;
  readonly postingKey: string;
  readonly kind: 'customer' | 'cash-receipt' | 'refund';
  readonly dependsOn: readonly string[];
  /** Minor units, signed from the customer account's view. 0 for customers (I5). */
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly recordKey: string;
  readonly sequence: string;
  /** Part of the payload that no outcome, header or stored sequence may carry (I8). */
  readonly secret: string;
  /** The ERP rejects it until an operator corrects its master data. */
  readonly bad: boolean;
  /** Deletes a customer: nothing to change in a target that does not know the customer. */
  readonly deletes: boolean;
}
