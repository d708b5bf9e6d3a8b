import { documentView } from './document-view.js';

const row = { posting_key: 'erp/journal/dp_1', target: 'erp', kind: 'journal', result: 'released', reference: null };

it('shows lines and effect with their amounts in the format of the currency', () => {
  const view = documentView({
    ...row,
    lines: [{ table: 'Lines', key: 'a', fields: { Amount: '12.30', Text: null } }],
    effect: [{ role: 'FEE', account: '6210', currency: 'JPY', debit: '1500', credit: null }],
    requested_at: new Date('2026-11-01T00:00:00Z'),
  });
  expect(view).toMatchObject({
    requestedAt: '2026-11-01T00:00:00.000Z',
    lines: [{ table: 'Lines', key: 'a', fields: { Amount: '12.30', Text: null } }],
    effect: [{ role: 'FEE', account: '6210', debit: { text: '1500', exact: true }, credit: null }],
  });
});

it.each([
  [null, null],
  ['text', 7],
  [
    [null, 1, 'x', { fields: null }],
    [{ debit: 'x', currency: 5 }, { credit: '1', currency: 'ZZZ' }, undefined],
  ],
  [[{ table: {}, key: [], fields: { a: { b: 1 } } }], [{ role: null, account: 3, debit: 12, credit: {} }]],
])('never throws for hostile rows: %j', (lines, effect) => {
  const view = documentView({ ...row, lines, effect, requested_at: new Date(Number.NaN) });
  expect(view.requestedAt).toBe('');
  expect(JSON.parse(JSON.stringify(view))).toMatchObject({ postingKey: 'erp/journal/dp_1' });
});
