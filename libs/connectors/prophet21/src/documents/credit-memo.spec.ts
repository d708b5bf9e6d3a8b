import { FakeP21, rows } from '../../test/fake-p21.js';
import type { Answer, FakeCall } from '../../test/fake-p21.js';
import { aMemo } from '../../test/p21-documents.js';
import { referenceOf } from '../p21-keys.js';

const never = new AbortController().signal;
const memo = aMemo('re_1');
const period = {
  company_no: 'ACME',
  period: 11,
  year_for_period: 2026,
  beginning_date: '2026-11-01T00:00:00',
  ending_date: '2026-11-30T00:00:00',
  period_closed: 'N',
};
const stored = (unit_price = '10.50') => [
  { line_no: 1, user_line_no: 1, item_id: 'STRIPE-REFUND', unit_quantity: '1.0000', unit_price },
  { line_no: 2, user_line_no: 2, item_id: 'STRIPE-REFUND', unit_quantity: '1.0000', unit_price: '2.0000' },
];
const head = { order_no: '1013940', oe_hdr_uid: 7, customer_id: 100198, po_no: `Stripe ${referenceOf(memo.postingKey)} re_1` };
const names = [
  'TABPAGE_1.order',
  'TP_ITEMS.items',
  'customer_id',
  'order_date',
  'po_no',
  'user_line_no',
  'oe_order_item_id',
  'unit_quantity',
];
const passed = { Messages: ['Transaction 1:: '], Results: { Transactions: [] }, Summary: { Succeeded: 1, Failed: 0, Other: 0 } };

/** A site where a return can be entered; tables by name. */
function site(tables: Readonly<Record<string, readonly object[]>>, definition: readonly string[] = [...names, 'unit_price']): Answer {
  return ({ path }: FakeCall) => {
    const table = /odata\/table\/(\w+)/.exec(path)?.[1];
    if (table) return rows({ periods: [period], customer: [{ customer_id: 100198, currency_id: 1 }], ...tables }[table] ?? []);
    if (path.endsWith('/services')) return ['RMA'];
    if (path.endsWith('/definition/RMA')) return definition;
    return path.endsWith('/transaction') ? passed : undefined;
  };
}

const entered = { oe_hdr: [head], oe_line: stored() };
const transactions = (p21: FakeP21): object[] =>
  p21.calls.filter(({ path }) => path.endsWith('/transaction')).map(({ body }) => body as object);

it('enters a return with a line per line, told apart by their numbers although the item is the same', async () => {
  const p21 = new FakeP21(site(entered));
  expect(await p21.connector().post(memo, never)).toEqual({ kind: 'posted', reference: { CompanyId: 'ACME', OrderNo: '1013940' } });
  const [set] = transactions(p21);
  const row = (number: string, price: string) => ({
    Edits: [
      { Name: 'user_line_no', Value: number },
      { Name: 'oe_order_item_id', Value: 'STRIPE-REFUND' },
      { Name: 'unit_quantity', Value: '1' },
      { Name: 'unit_price', Value: price },
    ],
    RelativeDateEdits: [],
  });
  expect(set).toMatchObject({
    Name: 'RMA',
    IgnoreDisabled: false,
    Transactions: [
      {
        DataElements: [
          { Name: 'TABPAGE_1.order', Type: 'Form' },
          { Name: 'TP_ITEMS.items', Type: 'List', Keys: ['user_line_no'], Rows: [row('1', '10.50'), row('2', '2.00')] },
        ],
      },
    ],
  });
});

it('is saved and not released until the return is received, and then read with the sum of its memos', async () => {
  const waiting = await new FakeP21(site(entered)).connector().read(memo.postingKey, 'credit-memo', never);
  expect(waiting).toEqual({ reference: { CompanyId: 'ACME', OrderNo: '1013940' }, released: false, effect: [] });
  const invoice_hdr = [
    { invoice_no: '3000101', total_amount: '-10.5000', currency_id: 1 },
    { invoice_no: '3000102', total_amount: '-2.0000', currency_id: 1 },
  ];
  const received = await new FakeP21(site({ ...entered, invoice_hdr })).connector().read(memo.postingKey, 'credit-memo', never);
  expect(received).toMatchObject({ amount: '12.50', currency: 'USD', released: true });
});

it('adds only the line that a pop-up dropped, to the return that is there', async () => {
  const p21 = new FakeP21(site(entered));
  const half = { ...memo, known: { CompanyId: 'ACME', OrderNo: '1013940' }, knownMissing: ['shipping'] };
  expect(await p21.connector().post(half, never)).toMatchObject({ kind: 'posted' });
  const [set] = transactions(p21);
  expect(JSON.stringify(set)).toContain('{"Name":"order_no","Value":"1013940"}');
  expect(JSON.stringify(set)).not.toContain('10.50');
});

it('with a line of another price than was sent is partial', async () => {
  const p21 = new FakeP21(site({ ...entered, oe_line: stored('10.05') }));
  expect(await p21.connector().post(memo, never)).toMatchObject({ kind: 'partial', missing: ['refund'] });
});

it.each([
  ['tax, which P21 figures itself', aMemo('re_1', { tax: '0.80' }), {}, { kind: 'ambiguous', code: 'p21.memo-tax' }],
  ['another currency than its customer', aMemo('re_1', { currency: 'EUR' }), {}, { kind: 'ambiguous', code: 'p21.memo-currency' }],
  [
    'a date in a closed period',
    memo,
    { periods: [{ ...period, period_closed: 'Y' }] },
    { kind: 'rejected', code: 'p21.period-closed', field: 'order_date' },
  ],
])('with %s is not sent', async (_what, document, tables, outcome) => {
  const p21 = new FakeP21(site({ ...entered, ...tables }));
  expect(await p21.connector().post(document, never)).toMatchObject(outcome);
  expect(transactions(p21)).toEqual([]);
});

it('is held where the form of returns has other fields, which are named', async () => {
  const p21 = new FakeP21(site(entered, names));
  const outcome = await p21.connector().post(memo, never);
  expect(outcome).toMatchObject({ kind: 'ambiguous', code: 'p21.service-missing', text: expect.stringContaining('no field unit_price') });
  expect(transactions(p21)).toEqual([]);
});
