import { loadEmulatorConfig } from './emulator.config.js';
import { brokenRules, trialBalance } from './ledger/books.js';
import { seed } from './seed.js';
import { bookEarlierReceipts } from './seed-earlier.js';
import { Store } from './store.js';

const config = loadEmulatorConfig({});

/** A store as the version without a general ledger left it: a posted receipt and the credit memo of its remainder. */
function earlierStore(): Store {
  const store = new Store();
  const of = { Company: 'EPIC06', CustNum: 1001, CurrencyCode: 'EUR', CheckRef: 'ch_1' };
  const receipt = { GroupID: 'S1', HeadNum: 881, BankAcctID: 'STR-EUR', BankCurrencyCode: 'EUR', TranDate: '2026-10-05T00:00:00' };
  const memo = { InvoiceNum: 30001, CreditMemo: true, Posted: true, DocInvoiceAmt: -40, DocInvoiceBal: -40 };
  store.transaction((transaction) => {
    transaction.put('CashHead', 'EPIC06~S1~881', { ...of, ...receipt, DocTranAmt: 40, BankAmount: 40, Posted: true, CreditMemoNum: 30001 });
    transaction.put('InvcHead', 'EPIC06~30001', { ...of, ...memo });
  });
  return store;
}

it('a store from before the general ledger gets the entries of its posted receipts, once', () => {
  const store = earlierStore();
  seed(store, config);
  const balances = () =>
    trialBalance(store.rows('GLJrnDtl')).map(({ account, currency, debit, credit }) => [account, currency, debit, credit]);
  // 40.00 EUR at 1.1 are 44.00 in the book; the trial balance is in the currencies of the entries.
  expect(JSON.stringify(balances())).toBe('[["1100-00-00","EUR",0,40],["1151-00-00","EUR",40,0]]');
  expect(brokenRules(store)).toEqual([]);
  bookEarlierReceipts(store, config);
  expect(store.rows('GLJrnDtl')).toHaveLength(2);
});

it('tells a ledger that is out of balance, and receivables that are not the open documents', () => {
  const store = earlierStore();
  seed(store, config);
  store.transaction((transaction) => {
    const [first] = transaction.entries('GLJrnDtl');
    const [key = '', line] = first ?? [];
    transaction.put('GLJrnDtl', key, { ...line, BookDebitAmount: 45 });
    const memo = transaction.row('InvcHead', 'EPIC06~30001');
    transaction.put('InvcHead', 'EPIC06~30001', { ...memo, DocInvoiceBal: -41 });
  });
  expect(brokenRules(store)).toEqual([
    'entry 2026 CR 7781 is out of balance by 1000 thousandths',
    'receivables in EUR: open documents differ from the account by -1000 thousandths',
    'DocInvoiceBal of invoice 30001 is -41000 of -40000 thousandths',
  ]);
});
