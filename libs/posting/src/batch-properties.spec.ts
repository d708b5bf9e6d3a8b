import fc from 'fast-check';
import { defaultBatchPolicy, stepBatch } from './batch.js';
import type { Batch, BatchEffect, BatchInput } from './batch.js';

/**
 * Limits of the model: one batch, a target that releases it as a whole and loses answers, and workers that may be suspended between any two
 * steps.
 */
const policy = { ...defaultBatchPolicy, leaseMs: 100, settleMs: 10, idleMs: 5, retryMs: 20, lookupMs: 20, heldAfterMs: 80, maxAttempts: 4 };
const fresh: Batch = {
  state: 'open',
  fence: 0,
  leaseUntil: 0,
  attempts: 0,
  sentAt: undefined,
  notBefore: 0,
  documents: 1,
  openedAt: 0,
  lastDocumentAt: 0,
  text: undefined,
};

type Move =
  | { readonly do: 'tick'; readonly worker: number; readonly unfinished: number }
  | { readonly do: 'act'; readonly worker: number; readonly fate: number }
  | { readonly do: 'crash'; readonly worker: number }
  | { readonly do: 'order' }
  | { readonly do: 'pass'; readonly ms: number };
const worker = fc.nat(1);
const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: fc.constant('tick' as const), worker, unfinished: fc.constantFrom(0, 0, 0, 1) }) },
    { weight: 8, arbitrary: fc.record({ do: fc.constant('act' as const), worker, fate: fc.nat(11) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const), worker }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('order' as const) }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.nat(120) }) },
  ),
  { minLength: 10, maxLength: 80 },
);

class World {
  batch: Batch = fresh;
  now = 0;
  /** The target has posted the batch. */
  posted = false;
  told: BatchEffect['kind'][] = [];
  private open = false;
  private emptyLooks = 0;
  private readonly tasks: ({ readonly effect: BatchEffect; readonly fence: number } | undefined)[] = [undefined, undefined];

  play(move: Move): void {
    if (move.do === 'pass') this.now += move.ms;
    else if (move.do === 'crash') this.tasks[move.worker] = undefined;
    else if (move.do === 'order') this.step({ kind: 'ordered' });
    else if (move.do === 'act') this.act(move.worker, move.fate);
    else if (this.tasks[move.worker] === undefined) this.tasks[move.worker] = this.step({ kind: 'ticked', unfinished: move.unfinished });
  }

  private step(input: BatchInput): { readonly effect: BatchEffect; readonly fence: number } | undefined {
    const before = this.batch;
    const { batch, effects } = stepBatch(before, input, this.now, policy);
    if ('fence' in input && input.fence !== before.fence) expect([batch, effects]).toEqual([before, [{ kind: 'fenced' }]]); // I7
    if (before.state === 'released') expect(batch.state).toBe('released');
    this.batch = batch;
    this.told.push(...effects.map(({ kind }) => kind).filter((kind) => kind === 'released' || kind === 'failed' || kind === 'unresolved'));
    if (batch.state === 'released') expect(this.posted).toBe(true);
    if (input.kind === 'ordered' && batch !== before) this.open = false;
    // A batch is not released while the outcome of one of its documents is unknown.
    if (input.kind === 'ticked' && input.unfinished > 0) expect(effects).toEqual([]);
    const next = effects.find(({ kind }) => kind === 'lookup' || kind === 'release');
    if (next?.kind === 'release') expect(batch.sentAt).toBe(this.now); // written before the call
    return next && { effect: next, fence: batch.fence };
  }

  private act(worker: number, fate: number): void {
    const task = this.tasks[worker];
    if (!task) return;
    const { fence } = task;
    // A worker that lost its lease sends nothing: leases outlive calls, and a suspended worker checks its lease before it sends.
    if (fence !== this.batch.fence) this.tasks[worker] = this.step({ kind: 'lookup-failed', fence, text: 'late' });
    else if (task.effect.kind === 'lookup') this.tasks[worker] = this.requestLookup(fence, fate);
    else this.tasks[worker] = this.release(fence, fate);
  }

  private requestLookup(fence: number, fate: number): ReturnType<World['step']> {
    if (fate === 0) return this.step({ kind: 'lookup-failed', fence, text: 'no answer' });
    if (fate === 1 && !this.posted) return this.step({ kind: 'lookup-answered', fence, state: 'posting', text: '' });
    if (!this.posted) this.emptyLooks += 1;
    return this.step({ kind: 'lookup-answered', fence, state: this.posted ? 'posted' : 'open', text: '' });
  }

  private release(fence: number, fate: number): ReturnType<World['step']> {
    // I3: after an unanswered release, enough lookups come before the next release.
    if (this.open) expect(this.emptyLooks).toBeGreaterThanOrEqual(policy.lookupsBeforeRelease);
    expect(this.posted).toBe(false);
    this.emptyLooks = 0;
    if (fate <= 5) this.posted = true;
    this.open = fate >= 4 && fate <= 7;
    if (fate === 7 || fate === 5) return undefined; // the worker dies in the middle of its call
    const answer = fate < 4 ? 'posted' : this.open ? 'unknown' : fate < 10 ? 'conflict' : 'rejected';
    return this.step({ kind: 'answered', fence, answer, text: answer });
  }

  /** Without further faults, ticks and acts until the batch changes no more. */
  settle(): void {
    this.tasks.fill(undefined);
    for (let round = 0; round < 50 && this.batch.state !== 'released'; round += 1) {
      this.now += 150;
      if (this.batch.state === 'failed') this.step({ kind: 'ordered' });
      this.play({ do: 'tick', worker: 0, unfinished: 0 });
      while (this.tasks[0]) this.act(0, 2);
    }
  }
}

it('whatever happens in whatever order: released once, never in doubt, and in the end', () => {
  fc.assert(
    fc.property(moves, (played) => {
      const world = new World();
      for (const move of played) world.play(move);
      world.settle();
      expect(world.batch.state).toBe('released');
      expect(world.told.filter((kind) => kind === 'released')).toHaveLength(1);
    }),
    { numRuns: 3_000 },
  );
});
