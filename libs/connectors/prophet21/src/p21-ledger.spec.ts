import { FakeP21, rows } from '../test/fake-p21.js';

const never = new AbortController().signal;
const row = (gl_uid: number, account_number: string, foreign_amount: string, approved = 'Y') => ({
  gl_uid,
  account_number,
  foreign_amount: JSON.rawJSON(foreign_amount),
  currency_id: 1,
  approved,
});
declare global {
  interface JSON {
    rawJSON(text: string): unknown;
  }
}

it('adds up the ledger once, then only what came since; what is not approved counts when it is', async () => {
  const ledger = [row(1, 'A', '10.0000'), row(2, 'B', '-10.0000'), row(3, 'A', '0.0001', 'N'), row(4, 'A', '2.50'), row(5, 'B', '-2.50')];
  const asked: string[] = [];
  const p21 = new FakeP21(
    ({ path }) => {
      const after = /gl_uid gt (\d+)/.exec(path)?.[1];
      if (after === undefined) return undefined;
      asked.push(after);
      return rows(ledger.filter(({ gl_uid }) => gl_uid > Number(after)));
    },
    { P21_CURRENCY_IDS: 'USD=1' },
  );
  const connector = p21.connector();
  const first = [
    { account: 'A', currency: 'USD', debit: '12.50', credit: '0.00' },
    { account: 'B', currency: 'USD', debit: '0.00', credit: '12.50' },
  ];
  expect(await connector.trialBalance(never)).toEqual(first);
  expect(await connector.trialBalance(never)).toEqual(first);
  ledger[2] = row(3, 'A', '0.50');
  ledger.push(row(6, 'B', '-0.50'));
  expect(await connector.trialBalance(never)).toEqual([
    { account: 'A', currency: 'USD', debit: '13.00', credit: '0.00' },
    { account: 'B', currency: 'USD', debit: '0.00', credit: '13.00' },
  ]);
  expect(asked).toEqual(['0', '2', '2']);
});
