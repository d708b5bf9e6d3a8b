import { readPromises, wrongPromises } from './promises.js';

const files: Readonly<Record<string, string>> = {
  'a.spec.ts': "it('books a payment', () => {})",
  'proof/books/golden/cash-receipt/demo.yaml': 'interface: real\n',
};
const read = (path: string): string | undefined => files[path];
const wrong = (row: string, test = 'books a payment'): string[] =>
  wrongPromises(
    readPromises(
      `tests: { payment: { file: a.spec.ts, test: '${test}' } }\npromises:\n  - { id: A1, ledger: Kinetic, promise: p, tests: [payment] }\n  - { id: A2, ledger: Kinetic, promise: p, ${row} }\n`,
    ),
    read,
  );

it('takes a row that something shows, and one that says what is missing', () => {
  expect(wrong('tests: [payment]')).toEqual([]);
  expect(wrong('cases: [cash-receipt in demo], missing: invoices')).toEqual([]);
  expect(wrong('missing: invoices')).toEqual([]);
});

it('refuses what shows nothing: a test that is gone, a case without a golden file, an empty row', () => {
  expect(wrong('missing: x', 'books a refund')).toEqual(['payment: a.spec.ts has no test "books a refund"']);
  expect(wrong('tests: [refund]')).toEqual(['A2: there is no test refund in the list']);
  expect(wrong('cases: [refund-full in demo]')).toEqual(['A2: there is no golden file of refund-full in demo']);
  expect(wrong('tests: []')).toEqual(['A2: nothing shows it, and nothing is missing']);
});
