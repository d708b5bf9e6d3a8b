import type { ErpConnector } from '@tributary/connector-kit';
import { defaultBatchPolicy, defaultPostingPolicy } from '@tributary/posting';
import type { BatchPolicy, PostingPolicy } from '@tributary/posting';
import type { ErpSinkConfig } from './erp-sink.config.js';

/** The policy for documents of a kind: the settle delay differs by kind. */
export type PolicyOf = (kind: string) => PostingPolicy;

const leaseMarginMs = 5_000;
/** A posting whose outcome is not known is held after the longest call, and not before this time, ms. */
const leastHeldAfterMs = 40_000;
/**
 * Least margin of a configured lease over the longest call, ms: one second until a call that does not end by itself is given up, and the
 * rest for PostgreSQL.
 */
const leastMarginMs = 1_500;

/** Calls of the target that may be open at once: as configured, and never more than the target takes. */
export function openCallsOf(
  { ERP_CONCURRENCY }: Pick<ErpSinkConfig, 'ERP_CONCURRENCY'>,
  { maxOpenCalls }: Pick<ErpConnector, 'maxOpenCalls'>,
): number {
  return Math.min(ERP_CONCURRENCY, maxOpenCalls ?? ERP_CONCURRENCY);
}

/**
 * The policies of libs/posting, from the configuration and the connector. With the shipped defaults they add up to "held within 60 s"
 * (docs/invariants.md, what remains of I3).
 * @throws {RangeError} for a lease that a call may outlive: a worker that lost its lease must have no open call (I7).
 */
export function policiesOf(
  config: ErpSinkConfig,
  connector: Pick<ErpConnector, 'name' | 'longestCallMs' | 'settleMs' | 'discard' | 'batchMode'>,
): { readonly posting: PolicyOf; readonly batch: BatchPolicy } {
  const { name, longestCallMs } = connector;
  const leaseMs = config.ERP_LEASE_MS ?? longestCallMs + leaseMarginMs;
  if (leaseMs < longestCallMs + leastMarginMs)
    throw new RangeError(
      `ERP_LEASE_MS ${leaseMs}: a lease has to outlive the longest call of ${name} (${longestCallMs} ms) by ${leastMarginMs} ms`,
    );
  const settleMs = (kind: string): number => config.ERP_SETTLE_MS ?? connector.settleMs?.(kind) ?? defaultPostingPolicy.settleMs;
  const heldAfterMs = config.ERP_HELD_AFTER_MS ?? Math.max(leastHeldAfterMs, longestCallMs + leaseMarginMs);
  const common = { heldAfterMs, maxAttempts: config.ERP_MAX_ATTEMPTS };
  return {
    posting: (kind) => ({
      ...defaultPostingPolicy,
      ...common,
      leaseMs: leaseMs + settleMs(kind),
      settleMs: settleMs(kind),
      canDiscard: connector.discard !== undefined && (connector.batchMode?.(kind) ?? 'named') !== 'none',
      recheckMs: config.ERP_RECHECK_MS.split(',').map(Number),
      resumeDelayMs: config.ERP_PARK_MS,
    }),
    batch: {
      ...defaultBatchPolicy,
      ...common,
      leaseMs,
      settleMs: settleMs('batch'),
      retryMs: config.ERP_PARK_MS,
      maxDocuments: config.BATCH_MAX_DOCUMENTS,
      idleMs: config.BATCH_IDLE_MS,
      maxAgeMs: config.BATCH_MAX_AGE_MS,
      stuckAfterMs: config.BATCH_STUCK_AFTER_MS,
    },
  };
}
