import { journalScreen, memoScreen, paymentScreen } from './testing/screens.js';
import { paths, SlClient } from './testing/sl-client.js';

let sl: SlClient;
beforeAll(async () => void (sl = await SlClient.start()));
beforeEach(() => sl.control('POST', 'reset'));
afterAll(() => sl.stop());

it('books an invoice when its batch is released, and not before: section 4, 5.4', async () => {
  const saved = await sl.add(
    paths.invoice,
    memoScreen('IN', [
      ['4000', 100],
      ['2200', 8.25],
    ]),
  );
  expect(saved.myBatch).toMatchObject({ BatNbr: '000001    ', Status: 'H', Rlsed: 0, PerPost: '202611' });
  expect(saved.myARDoc).toMatchObject({
    CustId: 'ACME           ',
    RefNbr: '000001    ',
    DocDate: '2026-11-20T00:00:00',
    OpenDoc: 0,
    CuryDocBal: 0,
  });
  expect(await sl.balances()).toEqual({});
  const released = await sl.release(paths.invoice, saved);
  expect(released.myBatch).toMatchObject({ Status: 'U', Rlsed: 1 });
  expect(released.myARDoc).toMatchObject({ OpenDoc: 1, CuryDocBal: 108.25 });
  expect(await sl.balances()).toEqual({ '1100 USD': 108.25, '4000 USD': -100, '2200 USD': -8.25 });
  expect((await sl.ledger()).brokenRules).toEqual([]);
});

it('a credit memo is entered positive and takes away: section 4, 5.4', async () => {
  await sl.release(paths.invoice, await sl.add(paths.invoice, memoScreen('CM', [['4900', 120]])));
  expect(await sl.balances()).toEqual({ '1100 USD': -120, '4900 USD': 120 });
});

it('a payment debits its bank account: section 5.5', async () => {
  await sl.release(paths.payment, await sl.add(paths.payment, paymentScreen('7F3K2M9Q1A', 125.5)));
  expect(await sl.balances()).toEqual({ '1150 USD': 125.5, '1100 USD': -125.5 });
});

it('a payment in another currency is worth what its rate says, and the cash account takes the base currency: section 5.7', async () => {
  const more = { CuryId: 'GBP', CuryRate: 1.344, CuryMultDiv: 'M' };
  await sl.release(paths.payment, await sl.add(paths.payment, paymentScreen('P1', 80, more)));
  expect(await sl.balances()).toEqual({ '1150 USD': 107.52, '1100 GBP': -80 });
  expect((await sl.ledger()).brokenRules).toEqual([]);
});

it('a journal may be saved out of balance and is not released so: section 5.6', async () => {
  const off = await sl.add(
    paths.journal,
    journalScreen([
      ['6210', 10],
      ['1150', -9],
    ]),
  );
  expect(off.myBatch).toMatchObject({ BatNbr: '000001    ', Status: 'H', CuryDrTot: 10, CuryCrTot: 9 });
  expect(await sl.refused('POST', `${paths.journal}/editScreen/RELEASENOW`, off)).toMatch(/out of balance/);
  const whole = await sl.call('PUT', `${paths.journal}/screen`, { ...off, myGLTran: [{ LineNbr: 1, CuryCrAmt: 10 }] });
  await sl.release(paths.journal, whole);
  expect(await sl.balances()).toEqual({ '6210 USD': 10, '1150 USD': -10 });
});
