import { step } from './step.js';
import { defaultPostingPolicy as policy, newPosting } from './types.js';
import type { PostingRequest } from './types.js';

const request = (version: bigint): PostingRequest => ({
  requestId: `req-${version}`,
  protocol: 'versioned-upsert',
  version,
  digest: `d${version}`,
});
const now = 1_000_000;

/** An existing customer whose newer state was sent by a worker that is stopped before the answer arrives. */
function abandonedInCall(): ReturnType<typeof step>['posting'] {
  const there = { ...newPosting, state: 'posted' as const, reference: { CustNum: '7' }, version: 1n, appliedDigest: 'd1' };
  const sent = step(there, { kind: 'requested', request: request(2n), missing: [] }, now, policy).posting;
  return step(sent, { kind: 'abandoned', fence: sent.fence }, now + 100, policy).posting;
}

it('keeps others away while an abandoned call may still be committed', () => {
  const posting = abandonedInCall();
  const again = { kind: 'requested', request: request(2n), missing: [] } as const;
  expect(step(posting, again, now + 101, policy).effects).toEqual([{ kind: 'busy', until: now + 100 + policy.settleMs }]);
  expect(step(posting, again, now + 100 + policy.settleMs, policy).effects[0]).toMatchObject({ kind: 'lookup', afterMs: 0 });
});

it('frees at once what was abandoned before anything was sent', () => {
  const waiting = step(newPosting, { kind: 'requested', request: request(1n), missing: ['t/customer/x'] }, now, policy).posting;
  expect(waiting.leaseUntil).toBe(0);
  const looking = { ...abandonedInCall(), sentAt: undefined, leaseUntil: now + 50_000 };
  expect(step(looking, { kind: 'abandoned', fence: looking.fence }, now + 200, policy).posting.leaseUntil).toBe(0);
});
