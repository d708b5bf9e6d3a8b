import { documentView } from './document-view.js';

const row = { posting_key: 'erp/journal/dp_1', target: 'erp', kind: 'journal', event_id: 'evt_1', result: 'released', reference: null };
const unread = { ledger_state: null, ledger_text: null, ledger_entries: [], ledger_checked_at: null };

it('shows lines and effect with their amounts in the format of the currency', () => {
  const view = documentView({
    ...row,
    ...unread,
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
  const view = documentView({
    ...{ ...row, lines, effect, requested_at: new Date(Number.NaN) },
    ...{ ledger_state: 'different' as const, ledger_text: 'x', ledger_entries: effect, ledger_checked_at: new Date(Number.NaN) },
  });
  expect(view.requestedAt).toBe('');
  expect(JSON.parse(JSON.stringify(view))).toMatchObject({ postingKey: 'erp/journal/dp_1' });
});

it('tells what the ledger has beside what was asked for; a document without an effect has nothing to compare', () => {
  const effect = [{ role: 'FEE', account: '6210', currency: 'USD', debit: '320', credit: null }];
  const document = { ...row, lines: [], requested_at: new Date('2026-11-01T00:00:00Z') };
  const read = {
    ledger_state: 'different' as const,
    ledger_text: 'FEE (6210): asked for 3.20 USD debit, the ledger has nothing in USD',
    ledger_entries: [{ role: '', account: '6990', currency: 'USD', debit: '320', credit: null }],
    ledger_checked_at: new Date('2026-11-01T00:01:00Z'),
  };
  expect(documentView({ ...document, ...read, effect }).ledger).toEqual({
    state: 'different',
    text: read.ledger_text,
    entries: [{ role: '', account: '6990', debit: { minor: '320', currency: 'USD', text: '3.20', exact: true }, credit: null }],
    checkedAt: '2026-11-01T00:01:00.000Z',
  });
  expect(documentView({ ...document, ...read, effect: [] }).ledger).toBeNull();
  expect(documentView({ ...document, ...unread, effect }).ledger).toBeNull();
});
