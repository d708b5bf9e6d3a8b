import type { ErpDocument } from '@tributary/connector-kit';
import { postingKey } from '@tributary/domain';
import type { Answer } from '../../test/fake-p21.js';
import { FakeP21, refusal, rows } from '../../test/fake-p21.js';
import { referenceOf } from '../p21-keys.js';

const never = new AbortController().signal;
const key = postingKey({ target: 'p21-main', kind: 'journal', sourceId: 'po_1' });
const line = (role: string, fields: Record<string, string>) => ({ table: 'Gl', key: role, fields });
const entry: ErpDocument = {
  postingKey: key,
  kind: 'journal',
  shape: 'prophet21/journal',
  protocol: 'create-once',
  fields: { TransactionDate: '2026-09-10', Currency: 'USD', Description: 'Stripe payout po_1' },
  lines: [
    line('BANK-debit', { AccountNumber: '10100000', Debit: '125.50', Description: 'payout' }),
    line('CLR-credit', { AccountNumber: '11500000', Credit: '125.50', Description: 'clearing' }),
  ],
};
const period = {
  beginning_date: '2026-09-01T00:00:00',
  ending_date: '2026-09-30T00:00:00',
  period_closed: 'N',
  period: 9,
  year_for_period: 2026,
  company_no: 'ACME',
};
const posted = [
  { AccountNumber: '10100000', Amount: 125.5, TransactionNumber: 55021 },
  { AccountNumber: '11500000', Amount: -125.5, TransactionNumber: 55021 },
];
const answering =
  (change: { periods?: object[]; post?: unknown; back?: unknown } = {}): Answer =>
  ({ method, path }) => {
    if (path.startsWith('/odataservice/odata/table/periods')) return rows(change.periods ?? [period]);
    if (method === 'POST' && path === '/api/accounting/gl/') return change.post ?? posted;
    return path === '/api/accounting/gl/55021' ? (change.back ?? posted) : undefined;
  };

it('is one array with the period of its date, debit positive and credit negative, and read back', async () => {
  const p21 = new FakeP21(answering());
  expect(await p21.connector().post(entry, never)).toEqual({
    kind: 'posted',
    reference: { CompanyNo: 'ACME', TransactionNumber: '55021' },
  });
  const mark = referenceOf(key);
  const same = {
    CompanyNo: 'ACME',
    Period: 9,
    YearForPeriod: 2026,
    JournalId: 'GJ',
    Source: 'STRIPE',
    TransactionDate: '2026-09-10T00:00:00',
  };
  expect(p21.calls.find(({ method, path }) => method === 'POST' && path.endsWith('/gl/'))?.body).toEqual([
    { ...same, AccountNumber: '10100000', Amount: 125.5, ForeignAmount: 125.5, Description: `Stripe payout po_1: payout ${mark}` },
    { ...same, AccountNumber: '11500000', Amount: -125.5, ForeignAmount: -125.5, Description: `Stripe payout po_1: clearing ${mark}` },
  ]);
});

// docs/reference/prophet21.md section 7.7: a 500 that is no reason to try again.
it('that does not balance is rejected, although the status is 500', async () => {
  const p21 = new FakeP21(answering({ post: refusal(500, 'Records do not balance') }));
  expect(await p21.connector().post(entry, never)).toMatchObject({
    kind: 'rejected',
    code: 'p21.business-rule',
    text: 'Records do not balance',
  });
});

it('whose read-back is empty is unknown: an unknown number is answered with 200 and no rows', async () => {
  expect(await new FakeP21(answering({ back: [] })).connector().post(entry, never)).toMatchObject({ kind: 'unknown' });
});

it('that is there with other lines is told as not whole', async () => {
  const back = [posted[0], { ...posted[1], Amount: -100 }];
  const outcome = await new FakeP21(answering({ back })).connector().post(entry, never);
  expect(outcome).toMatchObject({ kind: 'partial', missing: ['CLR-credit'], reference: { TransactionNumber: '55021' } });
});

it('in a closed period, or on a day without one, is refused before the call', async () => {
  const closed = new FakeP21(answering({ periods: [{ ...period, period_closed: 'Y' }] }));
  expect(await closed.connector().post(entry, never)).toMatchObject({ kind: 'rejected', code: 'p21.period-closed' });
  const none = new FakeP21(answering({ periods: [] }));
  expect(await none.connector().post(entry, never)).toMatchObject({ kind: 'rejected', code: 'p21.period-missing' });
  expect([...closed.made(), ...none.made()].filter((call) => call.startsWith('POST'))).toEqual([]);
});

it('in another currency is held, unless the company takes its figure as it is', async () => {
  const euro = { ...entry, fields: { ...entry.fields, Currency: 'EUR' } };
  expect(await new FakeP21(answering()).connector().post(euro, never)).toMatchObject({ kind: 'ambiguous', code: 'p21.foreign-currency' });
  const p21 = new FakeP21(answering(), { P21_FOREIGN_AMOUNTS: 'face', P21_CURRENCY_IDS: 'EUR=2' });
  expect(await p21.connector().post(euro, never)).toMatchObject({ kind: 'posted' });
  expect(p21.calls.find(({ method, path }) => method === 'POST' && path.endsWith('/gl/'))?.body).toMatchObject([
    { CurrencyId: 2 },
    { CurrencyId: 2 },
  ]);
  const unknown = new FakeP21(answering(), { P21_FOREIGN_AMOUNTS: 'face', P21_CURRENCY_IDS: 'GBP=3' });
  expect(await unknown.connector().post(euro, never)).toMatchObject({ kind: 'ambiguous', code: 'p21.currency-unknown' });
});

it.each([[{}], [{ Debit: '1.00', Credit: '1.00' }]])('with a line that has %j for its amount is rejected', async (amounts) => {
  const wrong = { ...entry, lines: [line('BANK-debit', { AccountNumber: '10100000', ...amounts })] };
  expect(await new FakeP21(answering()).connector().post(wrong, never)).toMatchObject({ kind: 'rejected', code: 'p21.line-invalid' });
});
