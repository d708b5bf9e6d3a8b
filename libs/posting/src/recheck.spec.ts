import { step } from './step.js';
import { defaultPostingPolicy, newPosting } from './types.js';
import type { Effect, Input, Posting, PostingPolicy, PostingRequest } from './types.js';

const policy: PostingPolicy = { ...defaultPostingPolicy, leaseMs: 42_000, settleMs: 2_000, recheckMs: [15_000, 120_000] };
const receipt: PostingRequest = { requestId: 'r1', protocol: 'create-once', version: 0n, digest: 'd1' };
const [first, second] = [{ HeadNum: '881' }, { HeadNum: '882' }];

/** Applies inputs to one posting; keeps its state, its outcomes and the effects of the last step. */
class Walk {
  posting: Posting = newPosting;
  effects: readonly Effect[] = [];
  said: string[] = [];

  at(now: number, input: Input): this {
    const stepped = step(this.posting, input, now, policy);
    this.posting = stepped.posting;
    this.effects = stepped.effects;
    for (const effect of stepped.effects)
      if (effect.kind === 'conclude') this.said.push(effect.code ? `${effect.result} ${effect.code}` : effect.result);
    return this;
  }

  requested = (now: number, request = receipt): this => this.at(now, { kind: 'requested', request, missing: [] });
  resumed = (now: number): this => this.at(now, { kind: 'resumed', missing: [] });
  answered = (now: number, answer: Extract<Input, { kind: 'answered' }>['answer']): this =>
    this.at(now, { kind: 'answered', fence: this.posting.fence, answer });
  looked = (now: number, reference?: Posting['reference']): this =>
    this.at(now, { kind: 'lookup-answered', fence: this.posting.fence, reference });
  silent = (now: number): this => this.at(now, { kind: 'lookup-failed', fence: this.posting.fence, text: 'no answer' });
  puzzled = (now: number): this =>
    this.at(now, {
      kind: 'lookup-ambiguous',
      fence: this.posting.fence,
      code: 'erp.duplicate-document',
      text: 'there are 2: S1/881, S1/882',
    });
  did = (): string[] => this.effects.map(({ kind }) => kind);
}

/** A call that was not answered and that two lookups did not find, then a second call that was posted: the first call may still commit. */
function sentTwice(): Walk {
  const walk = new Walk().requested(0).answered(1_000, { kind: 'unknown', text: 'lost' }).looked(3_000).looked(5_000);
  expect(walk.did()).toEqual(['post']);
  return walk.answered(5_100, { kind: 'posted', reference: second });
}

it('lookups again for what was sent hasDuplicate, at its times, and then leaves it alone', () => {
  const walk = sentTwice();
  expect(walk.posting).toMatchObject({ state: 'posted', recheckAt: 20_100, leaseUntil: 0 });
  expect(walk.resumed(20_099).did()).toEqual([]);
  expect(walk.resumed(20_100).effects).toEqual([{ kind: 'lookup', afterMs: 0 }]);
  expect(walk.looked(20_200, second).posting).toMatchObject({ state: 'posted', recheckAt: 140_200, leaseUntil: 0 });
  walk.resumed(140_200).looked(140_300, second);
  expect(walk.posting).toMatchObject({ state: 'posted', recheckAt: undefined, resentAt: undefined, leaseUntil: 0 });
  expect(walk.resumed(9_000_000).did()).toEqual([]);
  expect(walk.said).toEqual(['posted']);
});

it('does not look again for what was sent once, even when its answer was lost', () => {
  const walk = new Walk().requested(0).answered(1_000, { kind: 'unknown', text: 'lost' }).looked(3_000, first);
  expect(walk.said).toEqual(['adopted']);
  expect(walk.posting.recheckAt).toBeUndefined();
});

it('holds a posting that turns out to be there hasDuplicate, posts nothing for it, and takes the one that a person let stand', () => {
  const walk = sentTwice().resumed(20_100).puzzled(20_200);
  expect(walk.effects).toEqual([
    { kind: 'conclude', requestId: 'r1', result: 'held', code: 'posting.duplicate-found', text: 'there are 2: S1/881, S1/882' },
  ]);
  expect(walk.posting).toMatchObject({ state: 'held', hasDuplicate: true, leaseUntil: 0 });
  // Neither a replay nor another request for the same key posts anything.
  expect(walk.requested(21_000).said.at(-1)).toBe('held posting.duplicate-found');
  expect(walk.requested(21_000, { ...receipt, requestId: 'r2', digest: 'd2' }).did()).toEqual(['conclude']);
  // The next lookups find two documents, get no answer, and find none (an operator removed both): the posting stays held.
  walk.resumed(40_000).puzzled(40_100);
  walk.resumed(60_000).silent(60_100);
  walk.resumed(80_000).looked(80_100);
  expect(walk.posting).toMatchObject({ state: 'held', hasDuplicate: true });
  walk.resumed(200_000).looked(200_100, first);
  expect(walk.posting).toMatchObject({ state: 'posted', hasDuplicate: false, reference: first });
  expect(walk.said.at(-1)).toBe('adopted');
});

it('asks again after silence without counting that as a recheck', () => {
  const walk = sentTwice().resumed(20_100).silent(21_000);
  expect(walk.posting).toMatchObject({ rechecks: 0, recheckAt: 31_000, leaseUntil: 0 });
});

it('finds the first document when the second one is refused because of it', () => {
  const walk = new Walk().requested(0).answered(1_000, { kind: 'unknown', text: 'lost' }).looked(3_000).looked(5_000);
  walk.answered(5_100, { kind: 'rejected', code: 'c', text: 'is there already' });
  expect(walk.posting.state).toBe('rejected');
  walk.resumed(20_100).looked(20_200, first);
  expect(walk.posting).toMatchObject({ state: 'posted', reference: first });
  expect(walk.said).toEqual(['rejected c', 'adopted']);
});

it('lookups before a replay of what was refused after it had been sent hasDuplicate', () => {
  const walk = new Walk().requested(0).answered(1_000, { kind: 'unknown', text: 'lost' }).looked(3_000).looked(5_000);
  walk.answered(5_100, { kind: 'rejected', code: 'c', text: 'closed' });
  expect(walk.requested(6_000).did()).toEqual(['lookup']);
  expect(walk.looked(6_100).did()).toEqual(['lookup']);
  expect(walk.looked(8_100).did()).toEqual(['post']);
});

it('keeps the doubt about the first call when the second one is surely not applied', () => {
  const walk = new Walk().requested(0).answered(1_000, { kind: 'unknown', text: 'lost' }).looked(3_000).looked(5_000);
  walk.answered(5_100, { kind: 'conflict', text: 'locked' });
  expect(walk.posting).toMatchObject({ state: 'new', attempts: 1 });
  expect(walk.requested(10_000).did()).toEqual(['lookup']);
  walk.looked(10_100, first);
  expect(walk.said).toEqual(['adopted']);
});

it('fences the recheck of a stale worker', () => {
  const walk = sentTwice().resumed(20_100);
  const { fence } = walk.posting;
  walk.resumed(20_100 + policy.leaseMs).looked(70_000, second);
  const before = walk.posting;
  expect(walk.at(71_000, { kind: 'lookup-ambiguous', fence, code: 'c', text: 't' }).did()).toEqual(['fenced']);
  expect(walk.posting).toBe(before);
});

it('holds after two calls in a row without an answer, while the sweeper goes on: look, requestLookup, send, at most as often as allowed', () => {
  const walk = new Walk().requested(0).answered(1_000, { kind: 'unknown', text: 'lost' }).looked(3_000).looked(5_000);
  walk.answered(6_000, { kind: 'unknown', text: 'lost' }).looked(8_000).looked(10_000);
  expect(walk.said).toEqual(['held posting.outcome-unknown']);
  for (let now = 21_000, sent = 2; sent < policy.maxAttempts; sent += 1, now += 30_000) {
    expect(walk.resumed(now).did()).toEqual(['lookup']);
    expect(walk.looked(now).did()).toEqual(['lookup']);
    expect(walk.looked(now + 2_000).did()).toEqual(['post']);
    walk.answered(now + 3_000, { kind: 'unknown', text: 'lost' }).looked(now + 5_000);
    if (sent + 1 < policy.maxAttempts) walk.at(now + 5_000, { kind: 'abandoned', fence: walk.posting.fence });
  }
  walk.looked(400_000);
  expect(walk.said.at(-1)).toBe('held posting.attempts-exhausted');
  // One of the abandoned calls committed after all.
  walk.resumed(500_000).looked(500_100, first);
  expect(walk.said.at(-1)).toBe('adopted');
});
