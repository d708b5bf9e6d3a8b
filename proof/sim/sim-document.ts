import type { SimLine, SimRequest } from './sim-request.js';

/** A document in the ERP. */
export interface SimDocument {
  readonly id: string;
  readonly postingKey: string;
  readonly kind: SimRequest['kind'];
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly batchId: string | undefined;
  readonly header: readonly SimLine[];
  /** The rows that are there, which may be fewer than were asked for, or one of them twice. */
  lines: readonly SimLine[];
  readonly applies: SimRequest['applies'];
  /** Customers only: the version that was written last. */
  version: bigint;
  digest: string;
  released: boolean;
}
