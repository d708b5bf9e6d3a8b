import { glLines, P21Client } from './testing/p21-client.js';

let p21: P21Client;
beforeAll(async () => {
  p21 = await P21Client.start();
});
beforeEach(() => p21.control('POST', 'reset'));
afterAll(() => p21.stop());

const payout = [
  ['10100000', 90],
  ['62100000', 10.5],
  ['11500000', -100.5],
] as const;

it('one array is one entry, posted at once, and read again by its number and by OData', async () => {
  const { status, body } = await p21.journal(payout);
  expect([status, body[0]]).toMatchObject([
    200,
    { TransactionNumber: 55_021, Approved: true, SourceTypeCd: 3495, SequenceNumber: 1, CurrencyId: 1, GlUid: 900_001 },
  ]);
  expect((await p21.send('GET', '/api/accounting/gl/55021')).body).toEqual(body);
  expect(await p21.rows('gl', "description eq 'payout po_1' and amount lt 0")).toMatchObject([
    { account_number: '11500000', amount: -100.5, approved: 'Y', transaction_number: 55_021 },
  ]);
  expect(await p21.balances()).toEqual({ '10100000 USD': 90, '11500000 USD': -100.5, '62100000 USD': 10.5 });
});

it('an unknown number is 200 and an empty array', async () => {
  expect(await p21.send('GET', '/api/accounting/gl/999')).toMatchObject({ status: 200, body: [] });
});

it('the ledger tells each currency in itself, and balances at home', async () => {
  await p21.journal([
    ['11510000', 110, 2, 100],
    ['11500000', -110],
  ]);
  expect(await p21.balances()).toEqual({ '11510000 EUR': 100, '11500000 USD': -110 });
  expect((await p21.ledger()).brokenRules).toEqual([]);
});

describe('nothing is posted', () => {
  it.each([
    ['one that does not balance', glLines([...payout, ['99990000', 0.01]]), 'Records do not balance'],
    ['one line', glLines([['11500000', 10]]), 'Records do not balance'],
    [
      'an account that is not there',
      glLines([
        ['11500000', 1],
        ['1', -1],
      ]),
      'Account number 1 is not valid for company ACME.',
    ],
    ['a company that is not there', glLines(payout, '2026-11-20', { CompanyNo: 'X' }), 'Company X is not valid.'],
    [
      'a journal that is too long',
      glLines(payout, '2026-11-20', { JournalId: 'GJX' }),
      'journal_id: the value is longer than 2 characters.',
    ],
    [
      'an amount with five decimals',
      glLines([
        ['11500000', 1.00001],
        ['11000000', -1.00001],
      ]),
      'amount: 1.00001 is not valid for this column.',
    ],
    [
      'a currency that is not there',
      glLines([
        ['11500000', 1, 99, 1],
        ['11000000', -1],
      ]),
      'Currency 99 is not valid.',
    ],
  ])('of %s', async (_what, body, message) => {
    const answered = await p21.send('POST', '/api/accounting/gl/', body);
    expect([answered.status, answered.body.ErrorMessage]).toEqual([500, message]);
    expect(await p21.rows('gl')).toEqual([]);
  });

  it('into a closed period', async () => {
    await p21.control('PUT', 'periods', { date: '2026-11-01', open: false });
    expect(await p21.rows('periods', "period_closed eq 'Y'")).toMatchObject([{ company_no: 'ACME', period: 11, year_for_period: 2026 }]);
    expect((await p21.journal(payout)).body).toMatchObject({ ErrorMessage: 'Period 11 of year 2026 is closed.' });
    expect((await p21.journal(payout, '2026-12-01')).status).toBe(200);
  });
});

describe('faults', () => {
  const rule = (kind: string, more: object = {}): object => ({ match: { service: 'accounting/gl', times: 1 }, action: { kind, ...more } });

  it.each([
    ['commit-then-502', 502, 3],
    ['refuse', 500, 0],
    ['down', 503, 0],
    ['licence', 403, 0],
    ['token-expired', 401, 0],
    ['period-closed', 500, 0],
  ])('%s is answered with %d and leaves %d lines', async (kind, status, lines) => {
    await p21.faults([rule(kind)]);
    expect((await p21.journal(payout)).status).toBe(status);
    if (kind === 'token-expired') await p21.login();
    expect(await p21.rows('gl')).toHaveLength(lines);
  });

  it.each([
    ['commit-then-drop-connection', 3],
    ['drop-before', 0],
  ])('%s has no answer and leaves %d lines', async (kind, lines) => {
    await p21.faults([rule(kind)]);
    await expect(p21.journal(payout)).rejects.toThrow();
    expect(await p21.rows('gl')).toHaveLength(lines);
    expect((await p21.journal(payout)).status).toBe(200);
  });

  it('calls are counted by how they ended', async () => {
    await p21.faults([rule('status', { status: 504 })]);
    await p21.journal(payout);
    await p21.journal(payout);
    expect(await p21.control('GET', 'calls')).toMatchObject({ operations: { 'POST accounting/gl post': { '200': 1, '504': 1 } } });
  });
});
