import { sent } from '../../api/sent.js';
import { readDocument } from '../../recon/read-document.js';
import { ledgerLine, needsPerson, openAtFirst } from './ledger-section.js';

const document = (change: object) =>
  readDocument(sent({ postingKey: 'a/cash-receipt/ch_1', target: 'a', kind: 'cash-receipt', result: 'posted', ...change }));

it.each([
  [{}, false],
  [{ result: null }, false],
  [{ ledger: { state: 'matched' } }, false],
  [{ result: 'rejected' }, true],
  [{ result: 'held' }, true],
  [{ ledger: { state: 'different' } }, true],
  [{ ledger: { state: 'missing' } }, true],
])('a document %j needs a person: %s', (change, needs) => {
  expect(needsPerson(document(change))).toBe(needs);
});

it('opens the first ledger that needs a person, the only one, or none', () => {
  const [fine, wrong] = [[document({})], [document({ result: 'held' })]];
  expect([openAtFirst([fine, wrong, wrong]), openAtFirst([fine]), openAtFirst([fine, fine])]).toEqual([1, 0, -1]);
});

it('says where the documents of a ledger stand in one line', () => {
  const all = [document({ number: '942' }), document({ number: 'CM-\u202e8', result: 'rejected' }), document({ result: null })];
  expect(ledgerLine(all)).toBe('3 documents: 942, CM-\\u202E8 · 1 needs a person: rejected · 1 without an answer yet');
  expect(ledgerLine([document({ ledger: { state: 'missing' } })])).toBe('1 document · 1 needs a person: missing in the ledger');
});
