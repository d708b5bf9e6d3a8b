import { step } from './step.js';
import { defaultPostingPolicy as policy, newPosting } from './types.js';
import type { Input, PostingRequest } from './types.js';

const request = (version: bigint): PostingRequest => ({
  requestId: `req-${version}`,
  protocol: 'versioned-upsert',
  version,
  digest: `d${version}`,
});
const asked = (version: bigint): Input => ({ kind: 'requested', request: request(version), missing: [] });

it('does not write an older state over a newer one that was sent and may be there', () => {
  const now = 1_000_000;
  // The older upsert was rejected and waits for an operator; the newer one was sent by a worker that died before the answer.
  const sent = step(newPosting, asked(1n), now, policy).posting;
  const answer = { kind: 'rejected', code: 'erp.field', text: 'too long' } as const;
  const refused = step(sent, { kind: 'answered', fence: sent.fence, answer }, now, policy).posting;
  const open = step(refused, asked(2n), now, policy).posting;
  const later = now + policy.leaseMs + 1;
  expect(step(open, asked(1n), later, policy).effects).toMatchObject([{ kind: 'conclude', requestId: 'req-1', result: 'stale' }]);
  expect(step(open, asked(2n), later, policy).effects).toMatchObject([{ kind: 'lookup' }]);
});

it('does not write an older state over a newer one that may be there although its second sending was refused', () => {
  const now = 1_000_000;
  const there = { ...newPosting, state: 'posted' as const, reference: { CustNum: '7' }, appliedDigest: 'd0' };
  let posting = step(there, asked(2n), now, policy).posting;
  const told = (input: Input): void => void ({ posting } = step(posting, input, now, policy));
  told({ kind: 'answered', fence: posting.fence, answer: { kind: 'unknown', text: 'timeout' } });
  for (let lookups = 0; lookups < policy.lookupsBeforePost; lookups += 1)
    told({ kind: 'lookup-answered', fence: posting.fence, reference: { CustNum: '7' } });
  told({ kind: 'answered', fence: posting.fence, answer: { kind: 'rejected', code: 'erp.field', text: 'too long' } });
  expect(step(posting, asked(1n), now + 1, policy).effects).toMatchObject([{ result: 'stale' }]);
});
