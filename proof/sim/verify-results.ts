import { neededKeys } from '@tributary/posting';
import type { RunParts } from './run-parts.js';
import type { SimRequest } from './sim-request.js';

/** Results of a request whose document is in the ledger. Written by hand: the checks use nothing that they check. */
export const postedResults = new Set(['posted', 'adopted', 'updated', 'released']);
/** Results of a request that was deliberately not posted. */
export const ignoredResults = new Set(['duplicate', 'stale', 'skipped']);

/** A request's latest outcome in the topic. */
export interface LastOutcome {
  readonly result: string;
  readonly reference: string | undefined;
}

/** The latest outcome of every request, as a reader of erp.v1 finds it: by its time, then by its revision. */
export function lastOutcomes({ broker }: RunParts): Map<string, LastOutcome> {
  const outcomes = new Map<string, LastOutcome & { concludedAt: number; number: number }>();
  for (const { requestId, result, reference, concludedAt, number } of broker.outcomes) {
    const known = outcomes.get(requestId);
    if (!known || concludedAt > known.concludedAt || (concludedAt === known.concludedAt && number >= known.number))
      outcomes.set(requestId, { result, reference, concludedAt, number });
  }
  return outcomes;
}

/** Whether an operator skipped a request that this one depends on, so that its document was never created. */
export function dependsOnSkipped(request: SimRequest, { requests, tracker, erp }: RunParts): boolean {
  return neededKeys(request).some(
    (key) =>
      (erp.ledger.byKey.get(key)?.length ?? 0) === 0 &&
      [...requests.values()].some(
        (other) =>
          other.postingKey === key &&
          (tracker.skippedRequests.has(other.requestId) || dependsOnSkipped(other, { requests, tracker, erp } as RunParts)),
      ),
  );
}
