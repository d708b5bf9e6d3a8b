import { breakerDue, breakerFailed, breakerPassed, closedBreaker } from './breaker.js';
import { emptySequence } from './sequence-state.js';
import type { SequenceState, SequenceEffect, SequenceInput } from './sequence-state.js';
import { defaultLadderPolicy, placementOf } from './policy.js';
import { noRejects, recordResult } from './reject-guard.js';
import { stepSequence } from './step-sequence.js';

const policy = defaultLadderPolicy;
const now = 1_000_000;

/** Applies inputs in a row. */
function run(state: SequenceState, ...inputs: SequenceInput[]): { state: SequenceState; effects: readonly SequenceEffect[] } {
  let effects: readonly SequenceEffect[] = [];
  for (const input of inputs) ({ state, effects } = stepSequence(state, input, now, policy));
  return { state, effects };
}
const kinds = (effects: readonly SequenceEffect[]): string[] => effects.map(({ kind }) => kind);
const failure = (offset: bigint, disposition: 'retry' | 'reject' | 'hold', attempts = 1): SequenceInput => ({
  kind: 'failed',
  offset,
  disposition,
  attempts,
  firstFailureAt: now,
  code: 'erp.conflict',
});
const stuck = run(emptySequence, failure(7n, 'retry')).state;

describe('a sequence', () => {
  it('works on what arrives as long as nobody is stuck', () => {
    expect(run(emptySequence, { kind: 'arrived', offset: 1n }).effects).toEqual([{ kind: 'work', offset: 1n, from: 'read', attempt: 1 }]);
  });

  it('writes the copy for the rung before it remembers the head', () => {
    const { state, effects } = run(emptySequence, failure(7n, 'retry'));
    expect(kinds(effects)).toEqual(['retry-later', 'store']);
    expect(effects[0]).toMatchObject({ rung: '5s', dueAt: now + 5_000, attempts: 1 });
    expect(state.head).toMatchObject({ offset: 7n, place: 'rung', attempts: 1, delayedRetries: 1 });
  });

  it('parks what comes behind a stuck head, once', () => {
    const parked = run(stuck, { kind: 'arrived', offset: 9n });
    expect(parked.effects).toEqual([{ kind: 'park', offset: 9n, behind: stuck.head }]);
    expect(run(parked.state, { kind: 'arrived', offset: 9n }).effects).toEqual([]);
  });

  it('does not park the head behind itself when it is read again', () => {
    expect(run(stuck, { kind: 'arrived', offset: 7n }).effects).toEqual([]);
  });

  it('lets a message pass that was done before the head came to its turn', () => {
    expect(kinds(run(stuck, { kind: 'arrived', offset: 3n }).effects)).toEqual(['work']);
    expect(run(stuck, failure(3n, 'retry')).state).toEqual(stuck);
  });

  it('parks a later message that failed while it was to be parked, and never forgets it', () => {
    for (const disposition of ['retry', 'reject', 'hold'] as const)
      expect(run(stuck, failure(9n, disposition)).effects).toEqual([{ kind: 'park', offset: 9n, behind: stuck.head }]);
    const behind = run(stuck, { kind: 'arrived', offset: 9n }, { kind: 'succeeded', offset: 7n }).state;
    expect(kinds(run(behind, failure(11n, 'retry')).effects)).toEqual(['park']);
  });

  it('takes only the copy of the newest failure', () => {
    expect(run(stuck, { kind: 'returned', offset: 7n, attempts: 1 }).effects).toEqual([
      { kind: 'work', offset: 7n, from: 'read', attempt: 2 },
    ]);
    for (const attempts of [0, 2]) expect(run(stuck, { kind: 'returned', offset: 7n, attempts }).effects).toEqual([]);
    expect(run(emptySequence, { kind: 'returned', offset: 7n, attempts: 1 }).effects).toEqual([]);
  });

  it('releases in order when the head is done, one at a time', () => {
    const { state, effects } = run(
      stuck,
      { kind: 'arrived', offset: 9n },
      { kind: 'arrived', offset: 11n },
      { kind: 'succeeded', offset: 7n },
    );
    expect(kinds(effects)).toEqual(['store', 'release']);
    const first = run(state, { kind: 'release' });
    expect(first.effects).toEqual([{ kind: 'work', offset: 9n, from: 'parked', attempt: 1 }]);
    expect(run(first.state, { kind: 'release' }).effects).toEqual([]);
    expect(kinds(run(first.state, { kind: 'arrived', offset: 13n }).effects)).toEqual(['park']);
    const second = run(first.state, { kind: 'succeeded', offset: 9n });
    expect(kinds(second.effects)).toEqual(['unpark', 'release']);
    expect(run(second.state, { kind: 'release' }, { kind: 'succeeded', offset: 11n }).state).toEqual(emptySequence);
  });

  it('is stuck behind a released message that fails, before the next one', () => {
    const { state, effects } = run(
      stuck,
      { kind: 'arrived', offset: 9n },
      { kind: 'arrived', offset: 11n },
      { kind: 'succeeded', offset: 7n },
      { kind: 'release' },
      failure(9n, 'retry'),
    );
    expect(kinds(effects)).toEqual(['retry-later', 'store', 'unpark']);
    expect(state).toMatchObject({ head: { offset: 9n, place: 'rung' }, parked: [11n], releasing: false });
  });

  it('goes on with the released message that a pause interrupted', () => {
    const { state } = run(
      stuck,
      { kind: 'arrived', offset: 9n },
      { kind: 'succeeded', offset: 7n },
      { kind: 'release' },
      { kind: 'interrupted' },
    );
    expect(run(state, { kind: 'release' }).effects).toEqual([{ kind: 'work', offset: 9n, from: 'parked', attempt: 1 }]);
  });

  it('releases a parked message again that failed while an older one was given back', () => {
    const { state, effects } = run(
      stuck,
      { kind: 'arrived', offset: 9n },
      { kind: 'succeeded', offset: 7n },
      { kind: 'release' },
      { kind: 'ordered', offset: 4n, order: { id: 'o1', action: 'replay' } },
      failure(9n, 'hold'),
      { kind: 'succeeded', offset: 4n },
    );
    expect(kinds(effects)).toEqual(['answer', 'store', 'release']);
    expect(run(state, { kind: 'release' }).effects).toEqual([{ kind: 'work', offset: 9n, from: 'parked', attempt: 1 }]);
  });
});

describe('a dead letter', () => {
  const dead = run(emptySequence, failure(7n, 'reject'), { kind: 'arrived', offset: 9n }).state;
  const order = (action: 'replay' | 'skip' | 'resolve', id = 'o1', offset = 7n): SequenceInput => ({
    kind: 'ordered',
    offset,
    order: { id, action },
  });

  it('is written before it is remembered, and holds its sequence', () => {
    expect(kinds(run(emptySequence, failure(7n, 'reject')).effects)).toEqual(['dead-letter', 'store']);
    expect(dead).toMatchObject({ head: { place: 'dead' }, parked: [9n] });
  });

  it.each([
    ['replay', 'replayed'],
    ['skip', 'skipped'],
    ['resolve', 'resolved'],
  ] as const)('ends by %s, answers the order and lets the others go', (action, result) => {
    const given = run(dead, order(action));
    expect(kinds(given.effects)).toEqual(['store', 'work']);
    const done = run(given.state, { kind: 'succeeded', offset: 7n });
    expect(done.effects).toEqual([{ kind: 'answer', order: 'o1', result }, { kind: 'store', head: undefined }, { kind: 'release' }]);
  });

  it('that fails again is dead again, and its order is answered', () => {
    const { state, effects } = run(dead, order('replay'), failure(7n, 'reject'));
    expect(kinds(effects)).toEqual(['dead-letter', 'answer', 'store']);
    expect(effects[1]).toMatchObject({ result: 'dead-again' });
    expect(state.head?.order).toBeUndefined();
  });

  it('that is replayed gets the whole ladder again; the order stays open meanwhile', () => {
    const { state, effects } = run(dead, order('replay'), failure(7n, 'retry'));
    expect(effects[0]).toMatchObject({ kind: 'retry-later', rung: '5s' });
    expect(run(state, order('replay')).effects).toEqual([]);
    expect(run(state, { kind: 'returned', offset: 7n, attempts: 1 }, { kind: 'succeeded', offset: 7n }).effects[0]).toEqual({
      kind: 'answer',
      order: 'o1',
      result: 'replayed',
    });
  });

  it('answers an order twice when it comes twice, and one for something behind the head at once', () => {
    expect(run(emptySequence, { kind: 'ordered', offset: 7n, order: { id: 'o1', action: 'skip' }, earlier: 'skipped' }).effects).toEqual([
      { kind: 'answer', order: 'o1', result: 'skipped' },
    ]);
    expect(run(dead, order('replay', 'o2', 8n)).effects).toEqual([{ kind: 'answer', order: 'o2', result: 'not-applicable' }]);
  });
});

it('carries out an order about a message that nobody waits for any more', () => {
  const given = run(emptySequence, { kind: 'ordered', offset: 7n, order: { id: 'o1', action: 'replay' } });
  expect(kinds(given.effects)).toEqual(['store', 'work']);
  expect(run(given.state, { kind: 'succeeded', offset: 7n }).state).toEqual(emptySequence);
});

describe('where a failed message goes', () => {
  const of = (change: Partial<Parameters<typeof placementOf>[0]>): string => {
    const placement = placementOf(
      { disposition: 'retry', attempts: 1, delayedRetries: 0, firstFailureAt: now, code: 'x', ...change },
      now,
      policy,
    );
    return placement.place === 'rung' ? placement.rung : placement.place === 'dead' ? `dead: ${placement.why}` : placement.place;
  };
  it('is retried on the next delay topic, and stays on the last one', () => {
    expect([0, 1, 2, 3, 4, 5, 6].map((delayedRetries) => of({ delayedRetries }))).toEqual(['5s', '1m', '10m', '1h', '6h', '6h', '6h']);
  });
  it('is bounded by attempts and by age', () => {
    expect(of({ attempts: policy.maxAttempts })).toBe('dead: attempts');
    expect(of({ firstFailureAt: now - policy.maxAgeMs })).toBe('dead: age');
  });
  it('goes to a rung that is at least as long as the other side said, and never to a shorter one than before', () => {
    expect([0, 4_000, 5_001, 600_000, 86_400_000].map((retryAfterMs) => of({ retryAfterMs }))).toEqual(['5s', '5s', '1m', '10m', '6h']);
    expect(of({ delayedRetries: 2, retryAfterMs: 1_000 })).toBe('10m');
  });
  it('is not retried when it can never succeed, or when an operator has to decide', () => {
    expect(of({ disposition: 'reject' })).toBe('dead: rejected');
    expect(of({ disposition: 'hold' })).toBe('held');
  });
  it('is held when its bounded wait is over, and never sleeps through the end of it', () => {
    const holdAfterMs = 3_600_000;
    const atAge = (ageMs: number, delayedRetries: number, attempts = 1): string =>
      of({ holdAfterMs, firstFailureAt: now - ageMs, delayedRetries, attempts });
    expect([atAge(0, 0), atAge(10_000, 1), atAge(70_000, 2)]).toEqual(['5s', '1m', '10m']);
    expect(atAge(700_000, 3)).toBe('10m'); // 1 h is longer than what is left
    expect(atAge(3_599_000, 5)).toBe('5s');
    expect(atAge(3_600_000, 5)).toBe('held');
    expect(atAge(0, 0, policy.maxAttempts)).toBe('held');
    expect(of({ holdAfterMs: 0 })).toBe('held');
  });
});

describe('the breaker', () => {
  const breakerPolicy = { failuresToOpen: 3, probeDelaysMs: [1_000, 5_000] };
  it('opens after failures in a row, probes once, and waits longer each time', () => {
    let breaker = breakerFailed(breakerFailed(closedBreaker, now, breakerPolicy), now, breakerPolicy);
    expect(breaker.state).toBe('closed');
    breaker = breakerFailed(breaker, now, breakerPolicy);
    expect(breaker).toMatchObject({ state: 'open', until: now + 1_000 });
    expect(breakerDue(breaker, now + 999).state).toBe('open');
    breaker = breakerDue(breaker, now + 1_000);
    expect(breaker.state).toBe('half-open');
    breaker = breakerFailed(breaker, now + 1_000, breakerPolicy);
    expect(breaker).toMatchObject({ state: 'open', until: now + 6_000 });
    expect(breakerPassed()).toEqual(closedBreaker);
  });
  it('forgets failures when something gets through', () => {
    expect(breakerFailed(breakerPassed(), now, breakerPolicy)).toMatchObject({ state: 'closed', failures: 1 });
  });
});

it('stops a group when too many of the last messages were rejected', () => {
  const guard = { maxRejects: 2, window: 4 };
  let record = noRejects;
  const stops = [true, true, false, false, false, true, true, true].map((rejected) => {
    const next = recordResult(record, rejected, guard);
    record = next.record;
    return next.stop;
  });
  expect(stops).toEqual([false, false, false, false, false, false, false, true]);
});
