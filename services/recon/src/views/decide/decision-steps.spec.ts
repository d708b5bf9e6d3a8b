import { decisionSteps } from './decision-steps.js';
import type { OrderRow } from './decision-steps.js';

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 21, 6, minute));
const order: OrderRow = {
  ...{ id: 'ord_1', letter_id: 'dl_1', action: 'replay', answer: null, edited: false, reason: 'the period is open', ordered_by: 'Ada' },
  ...{ ordered_at: at(1), approved_by: null, approval_reason: null, approved_at: null, refused_by: null, refusal_reason: null },
  ...{ cancelled_by: null, cancel_reason: null, ended_at: null, result: null, closed_at: null },
};
const titles = (change: Partial<OrderRow>): string[] => decisionSteps([{ ...order, ...change }], []).map(({ title }) => title);

it.each<[string, Partial<OrderRow>, string[]]>([
  ['an order', {}, ['Ada ordered to try it again']],
  ['an edited one', { edited: true }, ['Ada ordered to try it again, with another content']],
  ['an answer', { answer: 'new', action: 'replay' }, ['Ada answered "new"']],
  [
    'one that was approved and carried out',
    { approved_by: 'Bob', approved_at: at(2), result: 'replayed', closed_at: at(3) },
    ['Ada ordered to try it again', 'Bob approved the order', 'The order was carried out: it was tried again'],
  ],
  ['one that was refused', { refused_by: 'Bob', ended_at: at(2) }, ['Ada ordered to try it again', 'Bob refused the order']],
  ['one that was cancelled', { cancelled_by: 'Ada', ended_at: at(2) }, ['Ada ordered to try it again', 'Ada cancelled the order']],
  ['words of a newer version', { action: 'constructor' }, ['Ada ordered constructor']],
  ['a time that is none', { ordered_at: new Date(Number.NaN) }, []],
])('tells %s', (_what, change, expected) => {
  expect(titles(change)).toEqual(expected);
});

it('tells who released the group of a document, and why', () => {
  const group = {
    sequence: '7',
    at: at(4),
    name: 'Bob',
    action: 'group.release-approved',
    object: 'group:S1',
    target: 'kinetic-main',
    reason: 'looked at',
  };
  expect(decisionSteps([], [group])).toEqual([
    {
      at: '2026-11-21T06:04:00.000Z',
      stage: 'decision',
      title: 'Bob approved the release of its group',
      ids: { group: 'S1', target: 'kinetic-main' },
      text: 'looked at',
      evidence: { kind: 'audit', id: '7' },
    },
  ]);
});
