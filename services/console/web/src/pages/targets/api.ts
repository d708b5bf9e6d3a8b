import { order } from '../../shell/http.js';
import { reconChanged, useRead } from '../../shell/query.js';
import type { Answer } from '../../shell/query.js';
import { readOutcomes } from './read-outcomes.js';
import type { TargetOutcomes } from './read-outcomes.js';
import { readReleaseOrders } from './read-batches.js';
import type { ReleaseOrder } from './read-batches.js';
import { readCheck, readTargets } from './read-targets.js';
import type { Check, Targets } from './read-targets.js';

/** How often targets are asked for again, ms: a breaker that opens changes no figure of recon. */
const everyMs = 10_000;

/** All targets that somebody may see, and the sinks that do not answer. */
export function useTargets(): Answer<Targets> {
  return useRead('/api/targets', {}, readTargets, { everyMs });
}

/** What became of postings in the last day, hour by hour. */
export function useOutcomes(): Answer<TargetOutcomes> {
  return useRead('/api/target-outcomes', {}, readOutcomes);
}

/** The newest orders to release batches of a target. */
export function useReleaseOrders(target: string): Answer<readonly ReleaseOrder[]> {
  return useRead('/api/release-orders', { target }, readReleaseOrders, { everyMs });
}

/** Pauses a target, or works on with what waits for it. */
export async function changePause(target: string, what: 'pause' | 'resume', reason: string): Promise<void> {
  await order('post', `/api/targets/{name}/${what}`, { name: target }, { reason });
  await reconChanged();
}

/** Looks at a target now. */
export async function checkTarget(target: string): Promise<Check> {
  const found = readCheck(await order('post', '/api/targets/{name}/check', { name: target }, {}));
  await reconChanged();
  return found;
}

/** Orders the release of a batch. */
export async function releaseBatch(target: string, batchId: string, reason: string): Promise<void> {
  await order('post', '/api/batches/{batchId}/release-orders', { batchId, target }, { reason });
  await reconChanged();
}

/** Approves or refuses what somebody else ordered. An approval is of what was shown. */
export async function decideRelease(
  target: string,
  { id, digest }: Pick<ReleaseOrder, 'id' | 'digest'>,
  decision: 'approve' | 'refuse',
  reason: string,
): Promise<void> {
  const body = decision === 'approve' ? { reason, digest } : { reason };
  await order('post', `/api/release-orders/{id}/${decision}`, { id, target }, body);
  await reconChanged();
}
