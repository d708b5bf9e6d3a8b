import { step } from './step.js';
import { defaultPostingPolicy, newPosting } from './types.js';
import type { Input, Posting, PostingRequest } from './types.js';

const policy = defaultPostingPolicy;
const now = 1_000_000;
const request: PostingRequest = { requestId: 'r1', protocol: 'create-once', version: 0n, digest: 'd' };
const held: Posting = { ...newPosting, state: 'held', fence: 3, attempts: 1, storedInLedger: true, request };
const kinds = (posting: Posting, input: Input): string[] => step(posting, input, now, policy).effects.map(({ kind }) => kind);

it('tells a message that comes again that its posting is held, and sends nothing', () => {
  const again: Input = { kind: 'requested', request, missing: [], earlier: { result: 'held', digest: 'd' } };
  expect(step(held, again, now, policy)).toEqual({ posting: held, effects: [{ kind: 'repeat', superseded: false }] });
});

it('tries it again when a person says so', () => {
  const again: Input = { kind: 'requested', request, missing: [], earlier: { result: 'held', digest: 'd' }, ordered: true };
  expect(kinds(held, again)).toEqual(['post']);
  expect(kinds({ ...held, sentAt: now - 1 }, again)).toEqual(['lookup']);
});

it('takes the document that a person named for the one', () => {
  const { posting, effects } = step(
    { ...held, sentAt: now - 1 },
    { kind: 'decided', request, decision: { kind: 'adopt', reference: { HeadNum: '881' } }, text: 'seen in the ledger' },
    now,
    policy,
  );
  expect(posting).toMatchObject({ state: 'posted', reference: { HeadNum: '881' }, sentAt: undefined, storedInLedger: false });
  expect(effects).toEqual([{ kind: 'conclude', requestId: 'r1', result: 'adopted' }]);
  expect(kinds(posting, { kind: 'requested', request: { ...request, requestId: 'r2' }, missing: [] })).not.toContain('post');
});

it('skips for good, unless a person thinks better of it', () => {
  const { posting, effects } = step(held, { kind: 'decided', request, decision: { kind: 'skip' }, text: 'booked by hand' }, now, policy);
  expect(effects).toEqual([{ kind: 'conclude', requestId: 'r1', result: 'skipped', text: 'booked by hand' }]);
  const again: Input = { kind: 'requested', request, missing: [], earlier: { result: 'skipped', digest: 'd' } };
  expect(kinds(posting, again)).toEqual(['repeat']);
  expect(kinds(posting, { ...again, ordered: true })).toEqual(['post']);
});

it('does not decide over the head of a worker that is calling', () => {
  const busy: Posting = { ...held, state: 'claimed', leaseUntil: now + 5 };
  expect(kinds(busy, { kind: 'decided', request, decision: { kind: 'skip' }, text: '' })).toEqual(['busy']);
});
