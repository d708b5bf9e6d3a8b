import { sortedByHand } from './by-hand.js';

it('closes what the ledger shows with its keys, what no ledger can show on the word of two, and leaves the rest', () => {
  const sorted = sortedByHand([
    { letter: 'dl_1', kind: 'document', reference: { HeadNum: '881' } },
    { letter: 'dl_2', kind: 'not-shown', text: 'kinetic-main has no cash-receipt with the posting key k' },
    { letter: 'dl_3', kind: 'word' },
  ]);
  expect(sorted).toEqual({
    ids: ['dl_1', 'dl_3'],
    documents: { dl_1: { HeadNum: '881' } },
    leftOut: [{ letter: 'dl_2', text: 'kinetic-main has no cash-receipt with the posting key k' }],
    approvalReasons: [expect.stringContaining('1 of them ask')],
  });
});

it('needs nobody else where every ledger shows its document', () => {
  expect(sortedByHand([{ letter: 'dl_1', kind: 'document', reference: { HeadNum: '1' } }]).approvalReasons).toEqual([]);
});
