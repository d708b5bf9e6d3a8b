import { step } from './step.js';
import { defaultPostingPolicy as policy, newPosting } from './types.js';
import type { Answer, Input, Posting, PostingRequest } from './types.js';

const refund: PostingRequest = { requestId: 'r1', protocol: 'create-once', version: 0n, digest: 'd1' };
const now = 1_000_000;
const waits = { result: 'waiting', digest: 'd1' };
const isHeld = { result: 'held', digest: 'd1' };

const take = (posting: Posting, input: Partial<Extract<Input, { kind: 'requested' }>>, at = now) =>
  step(posting, { kind: 'requested', request: refund, missing: [], ...input }, at, policy);
const sweep = (posting: Posting, at = now) => step(posting, { kind: 'resumed', missing: [] }, at, policy);
const answer = (posting: Posting, said: Answer) =>
  step(posting, { kind: 'answered', fence: posting.fence, answer: said }, now, policy).posting;

/** The receipt that it needs was missing, so the offset of the request is committed and only the ledger has it. */
const waiting = take(newPosting, { missing: ['t/cash-receipt/ch_1'] }).posting;
const notNow: Answer[] = [
  { kind: 'throttled', retryAfterMs: 25_000, text: 'HTTP 429' },
  { kind: 'conflict', text: 'locked' },
  { kind: 'unavailable', code: 'erp.unavailable', text: 'HTTP 503' },
  { kind: 'unauthorised', text: 'HTTP 401' },
];

describe('a stored request whose message is read again after a rewind', () => {
  // Simulator seed 129726: the redelivery took the posting over, was throttled, and left the request to a message that was never retried.
  // Simulator seed 292350: the redelivery took the posting over, was rejected, and was killed before it published the outcome.
  it.each<[string, Posting]>([
    ['waits', waiting],
    ['is being posted', sweep(waiting).posting],
    ['was being posted by a worker that is gone', { ...sweep(waiting).posting, leaseUntil: now - 1 }],
    ['was throttled', answer(sweep(waiting).posting, notNow[0] as Answer)],
    ['is looked for', { ...sweep(waiting).posting, state: 'unknown', leaseUntil: 0 }],
  ])('stays with the ledger, and the message is done: it %s', (_name, posting) => {
    for (const ordered of [false, true])
      expect(take(posting, { earlier: waits, ordered })).toEqual({ posting, effects: [{ kind: 'repeat', superseded: false }] });
  });

  it.each(notNow)('is brought on by the sweeper when the target did not take it: $kind', (said) => {
    const back = answer(sweep(waiting).posting, said);
    expect(back).toMatchObject({ state: 'waiting', storedInLedger: true, sentAt: undefined, attempts: 0, leaseUntil: 0 });
    expect(back.notBefore).toBeGreaterThanOrEqual(now + (said.kind === 'throttled' ? 25_000 : policy.resumeDelayMs));
    expect(sweep(back, back.notBefore - 1).effects).toEqual([]);
    expect(sweep(back, back.notBefore).effects).toEqual([{ kind: 'post' }]);
  });

  it('is told that it is held, also while its end is looked for once more', () => {
    const held: Posting = { ...waiting, state: 'held', fence: 3, sentAt: now - 90_000 };
    for (const posting of [held, sweep(held).posting, { ...sweep(held).posting, leaseUntil: now - 1 }])
      expect(take(posting, { earlier: isHeld })).toEqual({ posting, effects: [{ kind: 'repeat', superseded: false }] });
  });
});

it('gives way to another request, with a word', () => {
  const { effects } = take(waiting, { request: { ...refund, requestId: 'r2', digest: 'd2' } });
  expect(effects).toMatchObject([{ kind: 'conclude', requestId: 'r1', result: 'duplicate' }, { kind: 'post' }]);
});

it('gives way to what was made of the same fact by another mapping: that message is there', () => {
  const { posting, effects } = take(waiting, { request: { ...refund, digest: 'd2' }, earlier: waits });
  expect([effects, posting.storedInLedger]).toEqual([[{ kind: 'post' }], false]);
  expect(answer(posting, notNow[0] as Answer)).toMatchObject({ state: 'new', storedInLedger: false });
});

it('lets a person have tried again what is held: their order comes again until it is done', () => {
  const held: Posting = { ...waiting, state: 'held', fence: 3 };
  const given = take(held, { earlier: isHeld, ordered: true });
  expect(given.effects).toEqual([{ kind: 'post' }]);
  expect(answer(given.posting, notNow[0] as Answer)).toMatchObject({ state: 'new', storedInLedger: false });
});
