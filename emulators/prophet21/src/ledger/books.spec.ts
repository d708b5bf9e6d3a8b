import type { Row } from '../store.js';
import { brokenRules, trialBalance } from './books.js';

const currency = { currency_id: 1, iso: 'USD' };
const line = (transaction_number: number, account_number: string, amount: number, more: Row = {}): Row => ({
  ...{ transaction_number, account_number, amount, foreign_amount: amount, currency_id: 1, company_no: 'ACME', source_type_cd: 1320 },
  ...more,
});
const invoice = (total: number, paid: number): Row => ({
  ...{ invoice_no: '1', company_no: 'ACME', ar_account_no: '11000000', currency_id: 1 },
  ...{ total_amount: total, amount_paid: paid, total_amount_home: total, amount_paid_home: paid },
});
const books = (gl: Row[], invoices: Row[]) => ({
  rows: (table: string) => (table === 'gl' ? gl : table === 'invoice_hdr' ? invoices : []),
  row: (table: string) => (table === 'currency_hdr' ? currency : undefined),
});
const sale = [line(1, '11000000', 100), line(1, '40000000', -100)];

it('nothing is told of books that are right, nor of what a journal put on the receivable account', () => {
  const journal = [line(2, '11000000', -30, { source_type_cd: 3495 }), line(2, '11500000', 30, { source_type_cd: 3495 })];
  expect(brokenRules(books([...sale, ...journal], [invoice(100, 0)]))).toEqual([]);
  expect(trialBalance(books([...sale, ...journal], []))[0]).toEqual({ account: '11000000', currency: 'USD', debit: 100, credit: 30 });
});

it.each([
  ['an entry that does not balance', [line(1, '11500000', 1)], [], ['entry 1 is out of balance by 10000 ten-thousandths']],
  [
    'a document without an entry',
    [],
    [invoice(100, 0)],
    [
      'receivables in USD: open documents differ from the account by 1000000 ten-thousandths',
      'receivables in home currency: open documents differ from the account by 1000000 ten-thousandths',
    ],
  ],
  [
    'a document that is paid beyond its amount',
    [line(1, '11000000', -10), line(1, '11500000', 10)],
    [invoice(100, 110)],
    ['the balance of invoice 1 is -100000 of 1000000 ten-thousandths'],
  ],
])('%s is told', (_what, gl, invoices, told) => {
  expect(brokenRules(books(gl, invoices))).toEqual(told);
});
