import { sent } from '../api/sent.js';
import { foundHref } from './found-href.js';
import { readSearchAnswer } from './read-search.js';
import type { Found } from './read-search.js';

const of = (kind: string, id: string, address: string): Found =>
  readSearchAnswer(sent({ found: [{ kind, id, title: id, at: null, address }] })).found[0] as Found;
const everyPage = (): boolean => true;
const noPage = (): boolean => false;

it.each([
  ['payment', 'ch_1', '/payments/ch_1', '/payments/ch_1', '/payments/ch_1'],
  ['refund', 're_1', '/payments/ch_1', '/payments/ch_1', '/payments/ch_1'],
  ['dispute', 'dp_1', '/payments/ch_1', '/payments/ch_1', '/payments/ch_1'],
  ['customer', 'cus_1', '/payments?customer=cus_1', '/customers/cus_1', '/payments?customer=cus_1'],
  ['event', 'evt_1', '/events/evt_1', '/events/evt_1', '/payments/evt_1'],
  ['document', 'a/b/ch_1', '/events/evt_1', '/events/evt_1', '/payments/evt_1'],
  ['deadLetter', 'dl_1', '/dead-letters/dl_1', '/letters/dl_1', '/dead-letters?id=dl_1'],
  ['movement', 'txn_1', '/movements?id=txn_1', '/movements?id=txn_1', '/movements?id=txn_1'],
  ['payout', 'po_1', '/movements?id=txn_2', '/movements?payout=po_1', '/movements?payout=po_1'],
])('a %s leads to its page, and where there is none to the list with it alone', (kind, id, address, page, list) => {
  expect([foundHref(of(kind, id, address), everyPage), foundHref(of(kind, id, address), noPage)]).toEqual([page, list]);
});

it('a kind that the console does not know has no link', () => {
  expect(foundHref(of('invention', 'in_1', '/inventions/in_1'))).toBeUndefined();
  expect(foundHref(of('constructor', 'x', '/x'))).toBeUndefined();
});

it('an id never becomes another address', () => {
  expect(foundHref(of('payment', 'ch_1', `/payments/${encodeURIComponent('../x?y=1#z')}`))).toBe('/payments/..%2Fx%3Fy%3D1%23z');
  expect(foundHref(of('payment', 'ch_1', '/payments/%E0%A4%A'))).toBe('/payments/ch_1');
  expect(foundHref(of('movement', 'a&b=c', '/movements?id=a%26b%3Dc'))).toBe('/movements?id=a%26b%3Dc');
  expect(foundHref(of('payment', '\ud800', 'javascript:alert(1)'), noPage)).toBe('/payments/javascript%3Aalert(1)');
});

it.each([undefined, null, 7, 'x', [], { found: 7 }, { found: [null, 7, {}, { id: 5 }] }])('reads %j without a mistake', (value) => {
  const { found, more, hint } = readSearchAnswer(sent(value));
  expect(found.map(({ id }) => id)).toEqual(found.length === 0 ? [] : ['5']);
  expect([more, hint]).toEqual([false, null]);
});

it('reads the line of a recon from before amounts and words were apart', () => {
  const { found } = readSearchAnswer(
    sent({
      found: [{ kind: 'payment', id: 'ch_1', title: '5.00 EUR inLedger', at: null, address: '/payments/ch_1' }],
    }),
  );
  expect(found).toEqual([{ kind: 'payment', id: 'ch_1', of: 'ch_1', amount: null, word: '5.00 EUR inLedger', at: null }]);
});
