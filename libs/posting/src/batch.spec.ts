import { batchIdOf, defaultBatchPolicy, stepBatch, takesDocuments } from './batch.js';
import type { Batch } from './batch.js';

const policy = {
  ...defaultBatchPolicy,
  idleMs: 5,
  maxAgeMs: 60,
  maxDocuments: 3,
  leaseMs: 100,
  settleMs: 2,
  retryMs: 10,
  lookupMs: 5,
  heldAfterMs: 50,
};
const open: Batch = {
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

it.each([
  [{}, 4, true],
  [{ documents: 3 }, 4, false],
  [{}, 60, false],
  [{ state: 'closing' as const }, 4, false],
])('a batch with %j takes documents at %i: %p', (change, now, takes) => {
  expect(takesDocuments({ ...open, ...change }, now, policy)).toBe(takes);
});

it('closes when idle, and is released when nothing in it is unfinished', () => {
  expect(stepBatch(open, { kind: 'ticked', unfinished: 0 }, 4, policy).batch.state).toBe('open');
  const closing = stepBatch(open, { kind: 'ticked', unfinished: 1 }, 5, policy);
  expect([closing.batch.state, closing.effects]).toEqual(['closing', []]);
  const releasing = stepBatch(closing.batch, { kind: 'ticked', unfinished: 0 }, 6, policy);
  expect(releasing).toMatchObject({ batch: { state: 'releasing', fence: 1, sentAt: 6 }, effects: [{ kind: 'release' }] });
});

it('lookups after silence before it releases again, and fences the result of a stale worker', () => {
  const { batch } = stepBatch({ ...open, state: 'closing' }, { kind: 'ticked', unfinished: 0 }, 6, policy);
  const silent = stepBatch(batch, { kind: 'answered', fence: 1, answer: 'unknown', text: 'lost' }, 7, policy).batch;
  const looking = stepBatch(silent, { kind: 'ticked', unfinished: 0 }, 20, policy);
  expect(looking.effects).toEqual([{ kind: 'lookup', withinMs: 36 }]);
  expect(stepBatch(looking.batch, { kind: 'answered', fence: 1, answer: 'posted', text: '' }, 21, policy).effects).toEqual([
    { kind: 'fenced' },
  ]);
  expect(stepBatch(looking.batch, { kind: 'lookup-answered', fence: 2, state: 'posted', text: '' }, 21, policy)).toMatchObject({
    batch: { state: 'released' },
    effects: [{ kind: 'released' }],
  });
  const stillOpen = stepBatch(looking.batch, { kind: 'lookup-answered', fence: 2, state: 'open', text: '' }, 21, policy);
  expect(stillOpen).toMatchObject({ batch: { state: 'releasing', lookups: 1, leaseUntil: 0, notBefore: 23 }, effects: [] });
  const again = stepBatch(stillOpen.batch, { kind: 'ticked', unfinished: 0 }, 23, policy);
  expect(stepBatch(again.batch, { kind: 'lookup-answered', fence: 3, state: 'open', text: '' }, 24, policy).effects).toEqual([
    { kind: 'release' },
  ]);
});

it('holds the documents once when nobody can say what became of a release, and goes on looking', () => {
  const { batch } = stepBatch({ ...open, state: 'closing' }, { kind: 'ticked', unfinished: 0 }, 6, policy);
  let silent = stepBatch(batch, { kind: 'answered', fence: 1, answer: 'unknown', text: 'lost' }, 7, policy).batch;
  const told: string[] = [];
  for (let now = 20; now < 120; now += 15) {
    const looking = stepBatch(silent, { kind: 'ticked', unfinished: 0 }, now, policy).batch;
    const said = stepBatch(looking, { kind: 'lookup-failed', fence: looking.fence, text: 'no answer' }, now + 5, policy);
    told.push(...said.effects.map(({ kind }) => `${kind} at ${now + 5}`));
    silent = said.batch;
  }
  expect(told).toEqual(['unresolved at 70']);
  const looking = stepBatch(silent, { kind: 'ticked', unfinished: 0 }, 200, policy).batch;
  expect(stepBatch(looking, { kind: 'lookup-answered', fence: looking.fence, state: 'posted', text: '' }, 201, policy).effects).toEqual([
    { kind: 'released' },
  ]);
});

it('asks a person after as many releases as are allowed', () => {
  let batch: Batch = { ...open, state: 'closing' };
  let releases = 0;
  for (let now = 10; batch.state !== 'failed' && now < 10_000; now += 20) {
    const stepped = stepBatch(batch, { kind: 'ticked', unfinished: 0 }, now, policy);
    const { fence } = stepped.batch;
    const next =
      stepped.effects[0]?.kind === 'lookup'
        ? stepBatch(stepped.batch, { kind: 'lookup-answered', fence, state: 'open', text: '' }, now, policy)
        : stepped;
    batch = next.batch;
    if (next.effects[0]?.kind !== 'release') continue;
    releases += 1;
    batch = stepBatch(batch, { kind: 'answered', fence: batch.fence, answer: 'unknown', text: 'lost' }, now, policy).batch;
  }
  expect([releases, batch.text]).toEqual([6, 'not released after 6 attempts']);
});

it('releases a failed batch again when a person orders it, and no other', () => {
  const { batch } = stepBatch({ ...open, state: 'closing' }, { kind: 'ticked', unfinished: 0 }, 6, policy);
  expect(stepBatch(batch, { kind: 'ordered' }, 7, policy).effects).toEqual([{ kind: 'order-refused' }]);
  const failed = stepBatch(batch, { kind: 'answered', fence: 1, answer: 'rejected', text: 'closed period' }, 7, policy).batch;
  const ordered = stepBatch(failed, { kind: 'ordered' }, 8, policy);
  expect(ordered).toMatchObject({ batch: { state: 'closing', attempts: 0, text: undefined }, effects: [] });
  expect(stepBatch(ordered.batch, { kind: 'ticked', unfinished: 0 }, 8, policy)).toMatchObject({
    batch: { state: 'releasing', fence: 2 },
    effects: [{ kind: 'release' }],
  });
});

it('tells of a failed batch once, never releases it again by itself, and sees when a person mended it', () => {
  const { batch } = stepBatch({ ...open, state: 'closing' }, { kind: 'ticked', unfinished: 0 }, 6, policy);
  const failed = stepBatch(batch, { kind: 'answered', fence: 1, answer: 'rejected', text: 'closed period' }, 7, policy);
  expect(failed).toMatchObject({ batch: { state: 'failed', text: 'closed period' }, effects: [{ kind: 'failed' }] });
  const again = stepBatch(failed.batch, { kind: 'ticked', unfinished: 0 }, 20, policy);
  expect(again.effects).toEqual([{ kind: 'lookup', withinMs: 36 }]);
  expect(stepBatch(again.batch, { kind: 'lookup-answered', fence: 2, state: 'failed', text: 'closed period' }, 21, policy).effects).toEqual(
    [],
  );
  expect(stepBatch(again.batch, { kind: 'lookup-answered', fence: 2, state: 'open', text: '' }, 21, policy).effects).toEqual([]);
  expect(stepBatch(again.batch, { kind: 'lookup-answered', fence: 2, state: 'posted', text: '' }, 21, policy).effects).toEqual([
    { kind: 'released' },
  ]);
});

it.each([
  [0, 'S26112100'],
  [35, 'S2611210Z'],
  [36, 'S26112110'],
  [1295, 'S261121ZZ'],
  [1296, 'T26112100'],
])('batch %i of a day is %s', (sequence, id) => {
  expect(batchIdOf('2026-11-21', sequence)).toBe(id);
});

it('has no name for batch 33,696 of a day', () => {
  expect(() => batchIdOf('2026-11-21', 33_696)).toThrow('there is no such id');
});

it('asks again about a released batch with a document that came late, and releases it again when the target says that it is open', () => {
  const released: Batch = { ...open, state: 'released', fence: 4 };
  expect(stepBatch(released, { kind: 'ticked', unfinished: 0 }, 20, policy).effects).toEqual([]);
  const looking = stepBatch(released, { kind: 'ticked', unfinished: 0, unreleased: 1 }, 20, policy).batch;
  const looked = (batch: Batch, state: 'posted' | 'open', now: number) =>
    stepBatch(batch, { kind: 'lookup-answered', fence: batch.fence, state, text: '' }, now, policy);
  expect(looked(looking, 'posted', 21)).toMatchObject({ batch: { state: 'released' }, effects: [{ kind: 'released' }] });
  const again = stepBatch(looked(looking, 'open', 21).batch, { kind: 'ticked', unfinished: 0, unreleased: 1 }, 30, policy).batch;
  expect(looked(again, 'open', 31)).toMatchObject({ batch: { state: 'releasing' }, effects: [{ kind: 'release' }] });
});

it('says of a batch that the target keeps posting what a person does, also after nobody could tell at first, and once', () => {
  const { batch: sent } = stepBatch({ ...open, state: 'closing' }, { kind: 'ticked', unfinished: 0 }, 0, policy);
  const unknown = stepBatch(sent, { kind: 'answered', fence: 1, answer: 'unknown', text: '' }, 1, policy).batch;
  const look = (from: Batch, now: number) => stepBatch({ ...from, notBefore: 0 }, { kind: 'ticked', unfinished: 0 }, now, policy).batch;
  const told = (from: Batch, now: number) => {
    const looking = look(from, now);
    return stepBatch(looking, { kind: 'lookup-answered', fence: looking.fence, state: 'posting', text: 'S' }, now, policy);
  };
  const silent = look(unknown, 60);
  const unresolved = stepBatch(silent, { kind: 'lookup-failed', fence: silent.fence, text: 'silent' }, 60, policy);
  expect(unresolved).toMatchObject({ batch: { text: 'batch release sent, result unknown' }, effects: [{ kind: 'unresolved' }] });
  const stuck = told(unresolved.batch, 700_000);
  expect(stuck).toMatchObject({ batch: { state: 'releasing', attempts: 1 }, effects: [{ kind: 'unresolved' }] });
  expect(stuck.batch.text).toContain('is never sent again');
  expect(stuck.batch.text).toContain('finish it there, or set it back');
  expect(told(stuck.batch, 800_000).effects).toEqual([]);
  const quiet = look(stuck.batch, 900_000);
  expect(stepBatch(quiet, { kind: 'lookup-failed', fence: quiet.fence, text: 'silent' }, 900_000, policy)).toMatchObject({
    batch: { text: stuck.batch.text },
    effects: [],
  });
});

it('releases a stuck batch again after a person has set it back in the target', () => {
  const { batch: sent } = stepBatch({ ...open, state: 'closing' }, { kind: 'ticked', unfinished: 0 }, 0, policy);
  let batch = stepBatch(sent, { kind: 'answered', fence: 1, answer: 'unknown', text: '' }, 1, policy).batch;
  const answers = (['posting', 'open', 'open'] as const).map((state, index) => {
    const now = 700_000 + index * 1_000;
    const looking = stepBatch(batch, { kind: 'ticked', unfinished: 0 }, now, policy).batch;
    const next = stepBatch(looking, { kind: 'lookup-answered', fence: looking.fence, state, text: '' }, now, policy);
    ({ batch } = next);
    return next.effects.map(({ kind }) => kind);
  });
  expect(answers).toEqual([['unresolved'], [], ['release']]);
});
