import fc from 'fast-check';
import { newerStateOf } from './set-aside.js';
import { step } from './step.js';
import { defaultPostingPolicy, newPosting } from './types.js';
import type { EarlierConclusion, Effect, Input, Posting, PostingRequest } from './types.js';

/** Limits of the model: one customer whose states arrive in any order and more than once, and a target that loses answers. */
const policy = { ...defaultPostingPolicy, leaseMs: 100, settleMs: 10, heldAfterMs: 1_000, resumeDelayMs: 10, maxAttempts: 50 };
const versions = [10n, 11n, 12n, 13n];
const upsert = (version: bigint): PostingRequest => ({
  requestId: `r${version}`,
  protocol: 'versioned-upsert',
  version,
  digest: `state ${version}`,
});
const ensure: PostingRequest = { requestId: 'e', protocol: 'ensure', version: 0n, digest: 'made sure of' };
const requests = [...versions.map(upsert), ensure];

/** The newest state is a deletion: a target that has no document has nothing to change. */
const deletion = 'state 13';
type StepFunction = typeof step;

type Move =
  | { readonly do: 'deliver'; readonly worker: number; readonly request: number }
  | { readonly do: 'resume'; readonly worker: number }
  | { readonly do: 'act'; readonly worker: number; readonly fate: number }
  | { readonly do: 'crash'; readonly worker: number }
  | { readonly do: 'pass'; readonly ms: number };
const worker = fc.nat(1);
const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: fc.constant('deliver' as const), worker, request: fc.nat(requests.length - 1) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('resume' as const), worker }) },
    { weight: 10, arbitrary: fc.record({ do: fc.constant('act' as const), worker, fate: fc.nat(9) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const), worker }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.nat(150) }) },
  ),
  { minLength: 10, maxLength: 80 },
);

interface Task {
  readonly effect: Effect;
  readonly fence: number;
}

class World {
  constructor(
    private readonly newestIsDeletion = false,
    private readonly apply: StepFunction = step,
  ) {}

  posting: Posting = newPosting;
  now = 0;
  /** Content of the target: the digest that was written last, and how often the customer was created. */
  target: string | undefined;
  made = 0;
  /** The recorded outcome of each request, so that redeliveries see it, as in the ledger. */
  private readonly words = new Map<string, EarlierConclusion>();
  private readonly tasks: (Task | undefined)[] = [undefined, undefined];

  play(move: Move): void {
    if (move.do === 'pass') this.now += move.ms;
    else if (move.do === 'crash') this.tasks[move.worker] = undefined;
    else if (move.do === 'act') this.act(move.worker, move.fate);
    else if (this.tasks[move.worker] === undefined)
      this.tasks[move.worker] =
        move.do === 'resume' ? this.take({ kind: 'resumed', missing: [] }) : this.deliver(requests[move.request] ?? ensure);
  }

  private deliver(request: PostingRequest): Task | undefined {
    const earlier = this.newestIsDeletion ? this.words.get(request.requestId) : undefined;
    return this.take({ kind: 'requested', request, missing: [], earlier });
  }

  private take(input: Input): Task | undefined {
    const before = this.posting;
    const { posting, effects } = this.apply(before, input, this.now, policy);
    if (posting.version < before.version) throw new Error(`I4: version ${before.version} became ${posting.version}`);
    for (const effect of effects)
      if (effect.kind === 'conclude' && (effect.result === 'posted' || effect.result === 'updated'))
        expect(this.target).toBe(newerStateOf(before)?.digest ?? posting.request?.digest);
    for (const effect of effects)
      if (effect.kind === 'conclude')
        this.words.set(effect.requestId, {
          result: effect.result,
          digest: requests.find(({ requestId }) => requestId === effect.requestId)?.digest ?? '',
        });
    this.posting = posting;
    const next = effects.find(({ kind }) => kind === 'lookup' || kind === 'post');
    return next && { effect: next, fence: posting.fence };
  }

  private act(worker: number, fate: number): void {
    const task = this.tasks[worker];
    if (!task) return;
    const { fence } = task;
    if (fence !== this.posting.fence) this.tasks[worker] = this.take({ kind: 'lookup-answered', fence, reference: undefined });
    else if (task.effect.kind === 'lookup')
      this.tasks[worker] = this.take({
        kind: 'lookup-answered',
        fence,
        reference: this.target === undefined ? undefined : { CustNum: '1' },
      });
    else this.tasks[worker] = this.post(fence, fate);
  }

  private post(fence: number, fate: number): Task | undefined {
    const { request, reference, version } = this.posting;
    // I4: nothing older than the applied version is ever sent; an ensure is sent only when the customer does not exist.
    if (request?.protocol === 'versioned-upsert') expect(request.version).toBeGreaterThanOrEqual(version);
    else expect(reference).toBeUndefined();
    const answers = fate < 6;
    if (this.newestIsDeletion && this.target === undefined && request?.digest === deletion && fate !== 8)
      return answers ? this.take({ kind: 'answered', fence, answer: { kind: 'skipped', text: 'nothing to deactivate' } }) : undefined;
    if (fate < 8) {
      if (this.target === undefined) this.made += 1;
      // Match or create; an ensure does not overwrite an existing customer.
      if (this.target === undefined || request?.protocol === 'versioned-upsert')
        this.target = newerStateOf(this.posting)?.digest ?? request?.digest;
    }
    if (fate === 7) return undefined; // the worker dies after the effect, before the record
    if (fate === 8) return this.take({ kind: 'answered', fence, answer: { kind: 'conflict', text: 'locked' } });
    if (!answers) return this.take({ kind: 'answered', fence, answer: { kind: 'unknown', text: 'lost' } });
    return this.take({ kind: 'answered', fence, answer: { kind: reference ? 'updated' : 'posted', reference: { CustNum: '1' } } });
  }

  /** Delivers every request once more, without faults. */
  settle(): void {
    this.tasks.fill(undefined);
    for (const request of [...requests].reverse())
      for (let round = 0; round < 4; round += 1) {
        this.now += 200;
        let task = this.deliver(request);
        while (task) {
          this.tasks[0] = task;
          this.act(0, 0);
          task = this.tasks[0];
        }
        this.sweep();
      }
  }

  private sweep(): void {
    this.now += 200;
    for (let task = this.take({ kind: 'resumed', missing: [] }); task; task = this.tasks[0]) {
      this.tasks[0] = task;
      this.act(0, 0);
    }
    this.tasks.fill(undefined);
  }
}

it('versioned upserts: an older state never overwrites a newer one, and the newest is there in the end, made once', () => {
  fc.assert(
    fc.property(moves, (played) => {
      const world = new World();
      for (const move of played) world.play(move);
      world.settle();
      expect([world.target, world.posting.version, world.made]).toEqual(['state 13', 13n, 1]);
    }),
    { numRuns: 1_500 },
  );
});

/** Whatever was delivered, in whatever order: in the end the customer exists in its newest state, the deletion, and was created once. */
const endsDeleted = (apply: StepFunction) =>
  fc.property(moves, (played) => {
    const world = new World(true, apply);
    for (const move of played) world.play(move);
    world.settle();
    return world.target === deletion && world.posting.version === 13n && world.made === 1;
  });

it('a deletion that arrives before the document exists: the document is created, once, and in the deleted state', () => {
  fc.assert(endsDeleted(step), { numRuns: 1_500 });
});

it.each<[string, StepFunction]>([
  ['forgets the deletion', (posting, input, now, rules) => step({ ...posting, setAside: undefined }, input, now, rules)],
])('would be caught: a protocol that %s', (_name, apply) => {
  expect(fc.check(endsDeleted(apply), { numRuns: 1_500 }).failed).toBe(true);
});

it('goes on with an ensure that gave way to a deletion with nothing to delete', () => {
  const newest: PostingRequest = upsert(13n);
  const posting: Posting = { ...newPosting, state: 'held', storedInLedger: true, fence: 1, request: ensure };
  const claimed = step(posting, { kind: 'requested', request: newest, missing: [] }, 1, policy);
  expect(claimed.effects).toMatchObject([{ kind: 'conclude', requestId: 'e', result: 'duplicate' }, { kind: 'post' }]);
  const answer = { kind: 'skipped', text: 'nothing to deactivate' } as const;
  const skipped = step(claimed.posting, { kind: 'answered', fence: 2, answer }, 2, policy);
  expect(skipped.effects).toMatchObject([
    { kind: 'conclude', requestId: 'r13', result: 'skipped', code: 'posting.nothing-to-change' },
    { kind: 'conclude', requestId: 'e', result: 'waiting' },
  ]);
  const resumed = step(skipped.posting, { kind: 'resumed', missing: [] }, 3, policy);
  expect([resumed.effects, newerStateOf(resumed.posting)?.requestId]).toEqual([[{ kind: 'post' }], 'r13']);
});

it('keeps an ensure that arrives while a deletion is stored, also when an operator skips the deletion', () => {
  const stored: Posting = { ...newPosting, state: 'held', storedInLedger: true, fence: 1, request: upsert(13n) };
  const { posting, effects } = step(stored, { kind: 'requested', request: ensure, missing: [] }, 1, policy);
  expect([effects, posting.setAside]).toMatchObject([[{ result: 'duplicate' }], { requestId: 'e' }]);
  const skipped = step(posting, { kind: 'decided', request: upsert(13n), decision: { kind: 'skip' }, text: 'not wanted' }, 2, policy);
  expect(skipped.posting).toMatchObject({ state: 'waiting', storedInLedger: true, request: { requestId: 'e' }, setAside: undefined });
});
