import fc from 'fast-check';
import { step } from './step.js';
import { defaultPostingPolicy, newPosting } from './types.js';
import type { Answer, Effect, Input, Posting, PostingRequest, Result } from './types.js';

const policy = { ...defaultPostingPolicy, leaseMs: 100, settleMs: 10, heldAfterMs: 1_000, resumeDelayMs: 10, maxAttempts: 3 };
const receipt: PostingRequest = { requestId: 'r1', protocol: 'create-once', version: 0n, digest: 'd1' };
const reference = { HeadNum: '881' };

const requested = (posting: Posting, request: PostingRequest, now: number, missing: string[] = []) =>
  step(posting, { kind: 'requested', request, missing }, now, policy);
const kinds = (effects: readonly Effect[]): string[] => effects.map((effect) => (effect.kind === 'conclude' ? effect.result : effect.kind));
function after(posting: Posting, answer: Answer, now = 1): { posting: Posting; did: string[] } {
  const stepped = step(posting, { kind: 'answered', fence: posting.fence, answer }, now, policy);
  return { posting: stepped.posting, did: kinds(stepped.effects) };
}

it('writes that a call is open before the call', () => {
  const { posting, effects } = requested(newPosting, receipt, 1);
  expect(posting).toMatchObject({ state: 'claimed', fence: 1, leaseUntil: 101, attempts: 1, sentAt: 1 });
  expect(kinds(effects)).toEqual(['post']);
});

it.each<[Answer, Posting['state'], string[]]>([
  [{ kind: 'posted', reference }, 'posted', ['posted']],
  [{ kind: 'rejected', code: 'c', text: 't' }, 'rejected', ['rejected', 'fail']],
  [{ kind: 'ambiguous', code: 'c', text: 't' }, 'held', ['held']],
  [{ kind: 'skipped', text: 't' }, 'skipped', ['skipped']],
  [{ kind: 'unknown', text: 't' }, 'unknown', ['lookup']],
  [{ kind: 'throttled', retryAfterMs: 5, text: 't' }, 'new', ['fail']],
  [{ kind: 'conflict', text: 't' }, 'new', ['fail']],
  [{ kind: 'unavailable', code: 'c', text: 't' }, 'new', ['fail']],
  [{ kind: 'unauthorised', text: 't' }, 'new', ['fail']],
])('after %j it is %s', (answer, state, did) => {
  expect(after(requested(newPosting, receipt, 0).posting, answer)).toMatchObject({
    posting: { state, leaseUntil: 0 + (state === 'unknown' ? 101 : 0) },
    did,
  });
});

it('burns no attempt where surely nothing was applied', () => {
  const back = after(requested(newPosting, receipt, 0).posting, { kind: 'unavailable', code: 'c', text: 't' }).posting;
  expect(back).toMatchObject({ attempts: 0, sentAt: undefined });
});

it('lookups first when the worker before died in its call, and not when it died before', () => {
  const { posting } = requested(newPosting, receipt, 0);
  expect(kinds(requested(posting, receipt, 50).effects)).toEqual(['busy']);
  expect(kinds(requested(posting, receipt, 101).effects)).toEqual(['lookup']);
});

it('keeps the ensure of a payment from taking the place of a newer state that is stored', () => {
  const upsert: PostingRequest = { requestId: 'u1', protocol: 'versioned-upsert', version: 22n, digest: 'u' };
  const stored = requested(newPosting, upsert, 0, ['t/x/1']).posting;
  const ensured = requested(stored, { requestId: 'e1', protocol: 'ensure', version: 0n, digest: 'e' }, 1);
  expect([kinds(ensured.effects), ensured.posting.request?.requestId]).toEqual([['duplicate'], 'u1']);
});

it('concludes a stored request that a newer one takes the place of', () => {
  const older: PostingRequest = { requestId: 'u1', protocol: 'versioned-upsert', version: 12n, digest: 'a' };
  const stored = requested(newPosting, older, 0, ['t/x/1']).posting;
  const newer = requested(stored, { ...older, requestId: 'u2', version: 22n, digest: 'b' }, 1);
  expect(newer.effects[0]).toMatchObject({ kind: 'conclude', requestId: 'u1', result: 'stale' });
  expect(kinds(newer.effects)).toEqual(['stale', 'post']);
});

it('leaves a document that was there as it was when a change of it is rejected', () => {
  const upsert: PostingRequest = { requestId: 'u1', protocol: 'versioned-upsert', version: 12n, digest: 'a' };
  const posted = after(requested(newPosting, upsert, 0).posting, { kind: 'posted', reference }).posting;
  const changed = requested(posted, { ...upsert, requestId: 'u2', version: 22n, digest: 'b' }, 1).posting;
  expect(after(changed, { kind: 'rejected', code: 'c', text: 't' }).posting).toMatchObject({ state: 'posted', reference, version: 12n });
});

it('gives the settle time to an update without an answer hasDuplicate: that its document is there says nothing', () => {
  const upsert: PostingRequest = { requestId: 'u1', protocol: 'versioned-upsert', version: 12n, digest: 'a' };
  const posted = after(requested(newPosting, upsert, 0).posting, { kind: 'posted', reference }).posting;
  const changed = requested(posted, { ...upsert, requestId: 'u2', version: 22n, digest: 'b' }, 1).posting;
  const silent = after(changed, { kind: 'unknown', text: 'lost' }).posting;
  const found = (at: Posting) => step(at, { kind: 'lookup-answered', fence: at.fence, reference }, 20, policy);
  expect(kinds(found(silent).effects)).toEqual(['lookup']);
  expect(kinds(found(found(silent).posting).effects)).toEqual(['post']);
});

/** One move of the model: one target, and workers that may be suspended for any time between two steps. */
type Move =
  | { readonly do: 'deliver' | 'resume'; readonly worker: number; readonly request: number }
  | { readonly do: 'act'; readonly worker: number; readonly fate: number }
  | { readonly do: 'crash'; readonly worker: number }
  | { readonly do: 'pass'; readonly ms: number };
const worker = fc.nat(1);
const moves = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('deliver' as const, 'resume' as const), worker, request: fc.nat(1) }) },
    { weight: 8, arbitrary: fc.record({ do: fc.constant('act' as const), worker, fate: fc.nat(9) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const), worker }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.nat(150) }) },
  ),
  { minLength: 5, maxLength: 60 },
);

class World {
  posting: Posting = newPosting;
  now = 0;
  documents = 0;
  /** Lookups that found nothing since the last post with an unknown outcome. */
  emptyLooks = 0;
  open = false;
  finals: Result[] = [];
  private readonly tasks: ({ readonly effect: Effect; readonly fence: number } | undefined)[] = [undefined, undefined];

  play(move: Move, requests: readonly PostingRequest[]): void {
    if (move.do === 'pass') this.now += move.ms;
    else if (move.do === 'crash') this.tasks[move.worker] = undefined;
    else if (move.do === 'act') this.act(move.worker, move.fate);
    else if (this.tasks[move.worker] === undefined)
      this.take(
        move.worker,
        move.do === 'resume' ? { kind: 'resumed', missing: [] } : { kind: 'requested', request: requests[move.request]!, missing: [] },
      );
  }

  private take(worker: number, input: Input): void {
    const before = this.posting;
    const { posting, effects } = step(before, input, this.now, policy);
    // The result of a stale worker changes nothing.
    if ('fence' in input && input.fence !== before.fence) expect([posting, kinds(effects)]).toEqual([before, ['fenced']]);
    this.posting = posting;
    if (before.state === 'posted') expect(posting.state).toBe('posted'); // final, for create-once and ensure
    for (const effect of effects)
      if (effect.kind === 'conclude' && ['posted', 'adopted'].includes(effect.result)) this.finals.push(effect.result);
    const next = effects.find(({ kind }) => kind === 'lookup' || kind === 'post');
    this.tasks[worker] = next && { effect: next, fence: posting.fence };
  }

  private act(worker: number, fate: number): void {
    const task = this.tasks[worker];
    if (!task) return;
    this.tasks[worker] = undefined;
    const { fence } = task;
    // Leases are longer than the longest call, so a worker that lost its lease makes no call.
    if (fence !== this.posting.fence) return this.take(worker, { kind: 'lookup-answered', fence, reference: undefined });
    if (task.effect.kind === 'lookup') {
      if (fate === 0) return this.take(worker, { kind: 'lookup-failed', fence, text: 'silent' });
      if (this.documents === 0) this.emptyLooks += 1;
      return this.take(worker, { kind: 'lookup-answered', fence, reference: this.documents > 0 ? reference : undefined });
    }
    // I3: after an unanswered post, enough lookups come before the next post.
    if (this.open) expect(this.emptyLooks).toBeGreaterThanOrEqual(policy.lookupsBeforePost);
    this.emptyLooks = 0;
    if (fate <= 4) this.documents += 1;
    const answers: Answer[] = [
      { kind: 'posted', reference },
      { kind: 'unknown', text: 'lost' },
      { kind: 'conflict', text: 'locked' },
      { kind: 'rejected', code: 'c', text: 't' },
    ];
    this.open = fate === 4 || fate === 5 || fate === 6;
    const answer = fate < 4 ? answers[0] : this.open ? answers[1] : fate < 9 ? answers[2] : answers[3];
    // Fate 6: the worker dies in the middle of its call.
    if (fate !== 6) this.take(worker, { kind: 'answered', fence, answer: answer! });
  }
}

it.each(['create-once', 'ensure'] as const)('%s: whatever happens in whatever order, at most one document and one good end', (protocol) => {
  const requests: PostingRequest[] = [
    { requestId: 'r1', protocol, version: 0n, digest: 'd1' },
    { requestId: 'r2', protocol, version: 0n, digest: 'd2' },
  ];
  fc.assert(
    fc.property(moves, (played) => {
      const world = new World();
      for (const move of played) world.play(move as Move, requests);
      expect(world.documents).toBeLessThanOrEqual(1);
      expect(world.finals.length).toBeLessThanOrEqual(1);
      if (world.finals.length === 1) expect(world.documents).toBe(1);
    }),
    { numRuns: 3_000 },
  );
});
