import { detailsOf } from './changes.js';

it('shows what was changed with what it was before, and the rest by its name', () => {
  expect(
    detailsOf({
      edit: { letter: 'dl_1', money: [{ path: 'amount.minor', before: '100', after: '90' }] },
      role: { before: { grants: 'viewer', locked: false }, after: { grants: 'admin', locked: false } },
      orders: ['ord_1'],
    }),
  ).toEqual([
    { name: 'edit.letter', before: undefined, after: 'dl_1' },
    { name: 'amount.minor', before: '100', after: '90' },
    { name: 'role.grants', before: 'viewer', after: 'admin' },
    { name: 'orders.0', before: undefined, after: 'ord_1' },
  ]);
});

it.each([null, undefined, {}, [], 7, 'x', { before: 1 }, { a: { before: null, after: [1] } }])('makes rows of %j', (value) => {
  for (const { name, after } of detailsOf(value)) expect([typeof name, typeof after]).toEqual(['string', 'string']);
});

it('ends, however deep and long the details are', () => {
  const deep = JSON.parse(`${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`) as unknown;
  expect(detailsOf(deep)).toHaveLength(1);
  expect(detailsOf(Array.from({ length: 5_000 }, (_, n) => n))).toHaveLength(500);
});
