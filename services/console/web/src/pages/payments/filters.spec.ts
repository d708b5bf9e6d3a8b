import { sent } from '../../api/sent.js';
import { readOverview, readPayment } from '../../recon/read.js';
import { readSearch } from '../../shell/address.js';
import { filtersOf, filterTexts, fits, sumOfList } from './filters.js';

const filters = (query: string) => filtersOf(readSearch(query));

it('says in words which list it is', () => {
  expect(filterTexts(filters('standing=needsPerson&currency=USD&q=x&after=y')).map(({ text }) => text)).toEqual(['Needs a person', 'USD']);
  expect(filterTexts(filters('reconciliation=different&state=deadLettered')).map(({ text }) => text)).toEqual([
    'Event: Dead-lettered',
    'Ledger: Different',
  ]);
  expect(filterTexts(filters('standing=__proto__')).map(({ text }) => text)).toEqual(['Unknown: __proto__']);
  expect(filterTexts(filters(''))).toEqual([]);
});

it('knows the sum of a list that recon counts, and of no other', () => {
  const usd = { minor: '5', currency: 'USD', text: '0.05', exact: true };
  const eur = { minor: '7', currency: 'EUR', text: '0.07', exact: true };
  const overview = readOverview(
    sent({
      standings: { needsPerson: { count: 2, amounts: [eur, usd] } },
      reconciliation: { missing: { count: 1, amounts: [usd] } },
    }),
  );
  expect(sumOfList(filters('standing=needsPerson'), overview)).toEqual({ count: 2, amounts: [eur, usd] });
  expect(sumOfList(filters('reconciliation=missing'), overview)).toEqual({ count: 1, amounts: [usd] });
  for (const query of [
    '',
    'state=held',
    'standing=needsPerson&reconciliation=missing',
    'standing=needsPerson&after=x',
    'standing=needsPerson&currency=USD', // it has no count per currency
    'standing=inLedger',
  ]) {
    expect(sumOfList(filters(query), overview)).toBeUndefined();
  }
});

it('finds a payment by any id, by its name and by the keys of the ledger', () => {
  const payment = readPayment(sent({ chargeId: 'ch_1', eventId: 'evt_9', customerName: 'Kettle Creek', reference: { HeadNum: '945' } }));
  for (const search of ['CH_1', 'evt_9', ' kettle ', '945', '']) expect(fits(payment, search)).toBe(true);
  expect(fits(payment, 'ch_2')).toBe(false);
  expect(fits(readPayment(sent(null)), 'x')).toBe(false);
});
