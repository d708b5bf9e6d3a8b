import { conflictingAmount } from './amount-differs.js';
import { displaced, setAsideBy } from './displaced.js';
import { conclude, newer, succeeded } from './moves.js';
import { resumedEnsure, withoutPosting } from './set-aside.js';
import type { Input, Posting, PostingPolicy, Step } from './types.js';

/** A person decided about a posting that nobody is working on. The ledger says so, and what comes later is judged by it (I2, I4). */
export function decided(
  posting: Posting,
  { request, decision, text }: Extract<Input, { kind: 'decided' }>,
  now: number,
  policy: PostingPolicy,
): Step {
  if (posting.leaseUntil > now) return { posting, effects: [{ kind: 'busy', until: posting.leaseUntil }] };
  // The posting belongs to the request whose amount is booked, or may be. Skipping the other one leaves it alone.
  if (decision.kind === 'skip' && conflictingAmount(posting, request) !== undefined)
    return { posting, effects: [conclude(request, 'skipped', undefined, text)] };
  const effects = displaced(posting, request);
  if (decision.kind === 'adopt') {
    const adopted = succeeded({ ...posting, request }, decision.reference, 'adopted', now, policy);
    return { posting: adopted.posting, effects: [...effects, ...adopted.effects] };
  }
  const taken: Posting = { ...posting, request, setAside: setAsideBy(posting, request), waitingOn: [] };
  const skipped: Posting = {
    ...withoutPosting(taken),
    version: newer(posting.version, request.version),
    appliedDigest: request.digest,
  };
  return { posting: skipped, effects: [...effects, conclude(request, 'skipped', undefined, text), ...resumedEnsure(taken)] };
}
