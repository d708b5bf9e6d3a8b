import fc from 'fast-check';
import { sent } from '../api/sent.js';
import { readOverview, readPayment, readPaymentPage, readSnapshot, readTrace } from './read.js';
import { readAmount } from './read-value.js';

it('reads an amount of an older answer as exact, and an odd one as not exact', () => {
  expect(readAmount(sent({ minor: '29429', currency: 'USD', text: '294.29' }))).toEqual({
    minor: '29429',
    currency: 'USD',
    text: '294.29',
    exact: true,
  });
  expect(readAmount(sent({ minor: '114850', currency: 'ISK', text: '114850', exact: false }))?.exact).toBe(false);
  expect(readAmount(sent({ minor: 5, exact: 'yes' }))).toEqual({ minor: '5', currency: '', text: '', exact: false });
  expect(readAmount(sent('5'))).toBeNull();
});

it('reads the overview, and null where there is none', () => {
  expect(readOverview(sent(undefined))).toBeNull();
  const overview = readOverview(
    sent({
      asOf: '2026-11-21T07:33:54.865Z',
      allClear: false,
      open: [
        {
          what: 'needsPerson',
          list: '/payments?standing=needsPerson',
          count: 1,
          amounts: [{ minor: '5', currency: 'JPY', text: '5', exact: true }],
        },
      ],
      standings: { inLedger: { count: 2, amounts: [] } },
      moneyAtRisk: { count: 1, amounts: [], waitingBehind: { count: 3, amounts: [] } },
      written: { 'kinetic-main': { documents: 68, metadata: 0 } },
    }),
  );
  expect(overview?.open[0]).toEqual({
    what: 'needsPerson',
    list: '/payments?standing=needsPerson',
    sum: { count: 1, amounts: [{ minor: '5', currency: 'JPY', text: '5', exact: true }] },
  });
  expect(overview?.standings.get('inLedger')?.count).toBe(2);
  expect(overview?.moneyAtRisk.waitingBehind.count).toBe(3);
  expect(overview?.written).toEqual([{ target: 'kinetic-main', documents: 68, metadata: 0 }]);
});

it('is clear only when it was told so', () => {
  for (const allClear of [undefined, null, 1, 'true', {}]) expect(readOverview(sent({ allClear }))?.allClear).toBe(false);
});

it('reads a payment of which nothing is known', () => {
  expect(readPayment(sent(null))).toMatchObject({ chargeId: null, amount: null, standing: null, news: [], masked: [] });
});

it('reads anything at all into whole values', () => {
  const anything = fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true, withSparseArray: true });
  fc.assert(
    fc.property(anything, fc.array(fc.string()), (value, names) => {
      const row = Object.fromEntries(
        [...names, 'payment', 'payments', 'steps', 'stages', 'overview', 'amount', 'news', 'ids', 'open'].map((name) => [name, value]),
      );
      for (const candidate of [value, row]) {
        expect(readPayment(sent(candidate)).news).toEqual(expect.any(Array));
        expect(readTrace(sent(candidate)).steps).toEqual(expect.any(Array));
        expect(readSnapshot(sent(candidate)).payments).toEqual(expect.any(Array));
        expect(readPaymentPage(sent(candidate)).rows).toEqual(expect.any(Array));
      }
    }),
  );
});
