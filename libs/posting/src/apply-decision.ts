import { conflictingAmount } from './amount-differs.js';
import { concludeDisplacedRequest, setAsideBy } from './displaced-request.js';
import { conclude } from './effects.js';
import { resumedEnsure, withoutPosting } from './set-aside.js';
import { laterVersion, recordSuccess } from './transitions.js';
import type { Input, Posting, PostingPolicy, Step } from './types.js';

/**
 * Applies an operator's decision about a posting that no worker holds. The ledger keeps the decision, so it also binds later requests (I2,
 * I4).
 */
export function applyDecision(
  posting: Posting,
  { request, decision, text }: Extract<Input, { kind: 'decided' }>,
  now: number,
  policy: PostingPolicy,
): Step {
  if (posting.leaseUntil > now) return { posting, effects: [{ kind: 'busy', until: posting.leaseUntil }] };
  // The posting belongs to the request whose amount is, or may be, booked. Skipping the other request must not change it.
  if (decision.kind === 'skip' && conflictingAmount(posting, request) !== undefined)
    return { posting, effects: [conclude(request, 'skipped', undefined, text)] };
  const effects = concludeDisplacedRequest(posting, request);
  if (decision.kind === 'adopt') {
    const adopted = recordSuccess({ ...posting, request }, decision.reference, 'adopted', now, policy);
    return { posting: adopted.posting, effects: [...effects, ...adopted.effects] };
  }
  const taken: Posting = { ...posting, request, setAside: setAsideBy(posting, request), waitingOn: [] };
  const skipped: Posting = {
    ...withoutPosting(taken),
    version: laterVersion(posting.version, request.version),
    appliedDigest: request.digest,
  };
  return { posting: skipped, effects: [...effects, conclude(request, 'skipped', undefined, text), ...resumedEnsure(taken)] };
}
