import type { AmountView } from './amounts.js';

/** States of a release order. `running`: the next sweep carries it out. `changed`: its batch is not what it was asked for any more. */
export type ReleaseState = 'waiting-approval' | 'running' | 'released' | 'failed' | 'refused' | 'changed' | 'expired' | 'stopped';

/** A release order as HTTP shows it. */
export interface ReleaseOrderView {
  readonly id: string;
  readonly target: string;
  readonly batchId: string;
  readonly state: ReleaseState;
  readonly by: string;
  readonly reason: string;
  /** Why it needs a second person; empty: it does not. */
  readonly waitsFor: readonly string[];
  /** The documents that it is about. */
  readonly postingKeys: readonly string[];
  /** Their money without signs, one sum per currency. */
  readonly amounts: readonly AmountView[];
  /** The same as minor units. */
  readonly sums: readonly { readonly minor: string; readonly currency: string }[];
  /** Binds the content of the batch; what is approved is what has this digest. */
  readonly digest: string;
  readonly orderedAt: string;
  readonly expiresAt: string | null;
  readonly decidedBy: string | null;
  readonly decisionReason: string | null;
  /** Why it was stopped: an error code. */
  readonly code: string | null;
  readonly endedAt: string | null;
}
