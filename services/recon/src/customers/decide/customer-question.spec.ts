import type { CustomerPairView } from '@tributary/contracts';
import fc from 'fast-check';
import { asksWho, candidatesIn, changedHint, sharedHints } from './customer-question.js';

it.each([
  [
    'kinetic-main/customer/cus_1: could be any of KETTLE (CustNum 12), KETTLE-2 (CustNum 15); put cus_1 into X_c of the right one and replay, or resolve with the CustNum of the right one',
    [
      { title: 'KETTLE', reference: { CustNum: '12' } },
      { title: 'KETTLE-2', reference: { CustNum: '15' } },
    ],
  ],
  [
    'k/customer/cus_1: matches KETTLE (CustNum 12), which already stands for cus_2; resolve with CustNum 12 if it is the same customer',
    [{ title: 'KETTLE', reference: { CustNum: '12' } }],
  ],
  [
    'p/customer/cus_1: matches it; resolve with CustomerId 77 if it is the same customer',
    [{ title: 'CustomerId 77', reference: { CustomerId: '77' } }],
  ],
  [
    's/customer/cus_1: could be any of C100 (Kettle Creek (UK) Ltd), C200 (Kettle); put cus_1 into User1 of the right one and replay, or resolve with the CustId of the right one',
    [
      { title: 'Kettle Creek (UK) Ltd', reference: { CustId: 'C100' } },
      { title: 'Kettle', reference: { CustId: 'C200' } },
    ],
  ],
  ['posting x: no answer; resolve with its CustId if it is the same one', []],
  [null, []],
])('finds the candidates in %j', (text, candidates) => {
  expect(candidatesIn(text)).toEqual(candidates);
});

it('reads any text, and never many candidates', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expect(candidatesIn(text).length).toBeLessThanOrEqual(20)));
  expect(
    candidatesIn(`${Array.from({ length: 100 }, (_, n) => `C${n} (Id ${n})`).join(', ')}; resolve with the Id of the right one`),
  ).toHaveLength(20);
});

it.each([
  ['kinetic.customer-ambiguous', null, true],
  ['posting.unknown', 'customer', true],
  ['refund.approval', null, false],
  ['erp.customer-on-hold', 'invoice', false],
])('%s of a posting of kind %s asks who it is: %s', (code, kind, asks) => {
  expect(asksWho(code, kind)).toBe(asks);
});

it('says what looks like a merge, with its evidence', () => {
  const pair: CustomerPairView = {
    ...{ target: 'ledger-one', state: 'several', postingKey: 'ledger-one/customer/cus_1', reference: { Number: '12' } },
    ...{ since: null, others: ['cus_2'], result: 'posted' },
  };
  expect(sharedHints('cus_1', [pair, { ...pair, others: [] }])).toEqual([
    {
      ...{ kind: 'shared', target: 'ledger-one', customers: ['cus_2'] },
      text: 'ledger-one has one customer, Number 12, for cus_1 and for cus_2: one person who signed up twice, or a wrong match',
    },
  ]);
  expect(changedHint('ledger-one', { Number: '11' }, { Number: '12' }).text).toMatch(/named Number 11 before, and Number 12 now/);
});
