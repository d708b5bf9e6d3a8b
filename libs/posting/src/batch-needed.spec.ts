import { defaultBatchPolicy, stepBatch } from './batch.js';
import type { Batch, BatchInput } from './batch.js';

const policy = { ...defaultBatchPolicy, retryMs: 10, lookupMs: 5 };
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
const tick = (change: Partial<Extract<BatchInput, { kind: 'ticked' }>> = {}): BatchInput => ({ kind: 'ticked', unfinished: 0, ...change });

it('closes at once when a document in it is needed', () => {
  expect(stepBatch(open, tick(), 1, policy)).toEqual({ batch: open, effects: [] });
  expect(stepBatch(open, tick({ needed: true }), 1, policy)).toMatchObject({
    batch: { state: 'releasing' },
    effects: [{ kind: 'release' }],
  });
});

it('closes, but is not released, while something in it is unfinished', () => {
  expect(stepBatch(open, tick({ needed: true, unfinished: 1 }), 1, policy)).toMatchObject({ batch: { state: 'closing' }, effects: [] });
});

describe('a batch that a person releases', () => {
  const closing: Batch = { ...open, state: 'closing', byPerson: true };
  const looking = stepBatch(closing, tick({ needed: true }), 1, policy);
  const found = (state: 'open' | 'posting' | 'posted') =>
    stepBatch(looking.batch, { kind: 'lookup-answered', fence: 1, state, text: '' }, 2, policy);

  it('is looked up and never released, however often it is open', () => {
    expect(looking.effects).toMatchObject([{ kind: 'lookup' }]);
    let batch = closing;
    for (let now = 1; now < 500; now += 20) {
      const looked = stepBatch(batch, tick(), now, policy);
      const step = stepBatch(
        looked.batch,
        { kind: 'lookup-answered', fence: looked.batch.fence, state: 'open', text: '' },
        now + 1,
        policy,
      );
      expect([...looked.effects, ...step.effects].map(({ kind }) => kind)).toEqual(['lookup']);
      ({ batch } = step);
    }
    expect(batch.state).toBe('closing');
  });

  it('is released when the target says so', () => {
    expect(found('posted')).toMatchObject({ batch: { state: 'released' }, effects: [{ kind: 'released' }] });
    expect(found('posting').effects).toEqual([]);
  });

  it('is released by us when that person orders it', () => {
    const ordered = stepBatch(found('open').batch, { kind: 'ordered' }, 3, policy);
    expect(ordered.batch).toMatchObject({ state: 'closing', byPerson: false });
    expect(stepBatch(ordered.batch, tick(), 4, policy).effects).toEqual([{ kind: 'release' }]);
  });
});
