import type { ReleaseOrderView, ReleaseState } from '@tributary/contracts';
import { amountView } from '@tributary/domain';
import type { Author } from '@tributary/identity';
import { toShown } from '../ledger/storable-text.js';

/** A row of `erp_sink.release_order`, as the driver reads it. */
export interface RawReleaseOrder {
  id: string;
  target: string;
  batch_id: string;
  state: ReleaseState;
  author: Author;
  /** Roles of the author for the target; null: nobody was signed in. */
  roles: string[] | null;
  reason: string;
  waits_for: string[];
  posting_keys: string[];
  sums: { minor: string; currency: string }[];
  digest: string;
  created_at: Date;
  expires_at: Date | null;
  /** Who approved or refused it. */
  decider: Author | null;
  decision_reason: string | null;
  stop_code: string | null;
  ended_at: Date | null;
}

/** The order of a row, with texts that can be read. */
export function viewOfOrder(raw: RawReleaseOrder): ReleaseOrderView {
  const { id, target, state, sums, digest } = raw;
  return {
    ...{ id, target, state, sums, digest, batchId: toShown(raw.batch_id) },
    amounts: sums.map(({ minor, currency }) => amountView(minor, currency)),
    by: toShown(raw.author.name),
    reason: toShown(raw.reason),
    waitsFor: raw.waits_for,
    postingKeys: raw.posting_keys.map(toShown),
    orderedAt: raw.created_at.toISOString(),
    expiresAt: raw.expires_at?.toISOString() ?? null,
    decidedBy: raw.decider === null ? null : toShown(raw.decider.name),
    decisionReason: raw.decision_reason === null ? null : toShown(raw.decision_reason),
    code: raw.stop_code,
    endedAt: raw.ended_at?.toISOString() ?? null,
  };
}

/** A release that cannot be ordered or decided about as it was asked for. HTTP answers with its status, code and message. */
export class ReleaseRefusedError extends Error {
  constructor(
    readonly status: 403 | 409,
    /** Stable and dotted, like the codes of the pipeline. */
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'ReleaseRefusedError';
  }
}
