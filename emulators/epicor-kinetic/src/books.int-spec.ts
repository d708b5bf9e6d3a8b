import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applicationInput, BooksClient, invoiceInput, journalInput } from './testing/books-client.js';

// Accounts of the demo company: receivables 1100, Stripe USD 1150, bank USD 1010, sales 4000, returns 4900, exchange gains 7100.
const day = '2026-11-20';
let kinetic: BooksClient;
beforeEach(async () => {
  kinetic = await BooksClient.start();
});
afterEach(async () => {
  expect((await kinetic.ledger()).brokenRules).toEqual([]);
  await kinetic.stop();
});

it('a partial refund of an invoiced sale: invoice, receipt, memo, refund and their applications', async () => {
  await kinetic.invoiceGroup('I1', day);
  const sale = await kinetic.invoice('I1', [[500]]);
  expect((await kinetic.ledger()).entries).toEqual([]);
  expect(await kinetic.postInvoices('I1')).toEqual({ invoicesGenerated: String(sale), errorMessage: '', legalNumberMessage: '' });
  expect(await kinetic.balances()).toEqual({ '1100-00-00 USD': 500, '4000-00-00 USD': -500 });

  await kinetic.cashGroup('C1', day);
  await kinetic.receipt('C1', 500);
  await kinetic.postCash('C1');
  // The receipt is on account: its remainder is a credit memo, and receivables are the sum of both documents.
  expect(await kinetic.balances()).toEqual({ '1150-00-00 USD': 500, '4000-00-00 USD': -500 });
  await kinetic.cashGroup('A1', day, '');
  await kinetic.application('A1', sale + 1, sale, 500);
  await kinetic.postCash('A1');

  await kinetic.invoiceGroup('I2', day);
  const memo = await kinetic.invoice('I2', [[120, '4900-00-00']], { CreditMemo: true, CMReason: 'RC01', InvoiceRef: sale });
  const refund = await kinetic.invoice('I2', [[120, '1150-00-00']], { Description: 'Stripe refund re_1' });
  await kinetic.postInvoices('I2');
  await kinetic.cashGroup('A2', day, '');
  await kinetic.application('A2', memo, refund, 120);
  await kinetic.postCash('A2');

  expect(await kinetic.balances()).toEqual({ '1150-00-00 USD': 380, '4000-00-00 USD': -500, '4900-00-00 USD': 120 });
  const { invoices } = (await kinetic.control('GET', 'state')) as { invoices: { OpenInvoice: boolean; DocInvoiceAmt: number }[] };
  expect(invoices.map(({ OpenInvoice, DocInvoiceAmt }) => [DocInvoiceAmt, OpenInvoice])).toEqual([
    [500, false],
    [-500, false],
    [-120, false],
    [120, false],
  ]);
});

it('the payout of the worked example: one journal of ten lines that balances at 3,435.81', async () => {
  await kinetic.journalGroup('J1', day);
  await kinetic.journal('J1', [
    ['1010-00-00', 2843.01],
    ['6210-00-00', 56.87],
    ['6211-00-00', 15],
    ['6212-00-00', 0.93],
    ['1295-00-00', 200],
    ['1290-00-00', 320],
    ['1290-00-00', -150],
    ['2150-00-00', -64],
    ['1150-00-00', -3221.81],
  ]);
  expect((await kinetic.ledger()).entries).toEqual([]);
  expect(await kinetic.postJournals('J1')).toEqual({ NotAllPostedMessage: '' });
  expect(await kinetic.balances()).toEqual({
    '1010-00-00 USD': 2843.01,
    '1150-00-00 USD': -3221.81,
    '1290-00-00 USD': 170,
    '1295-00-00 USD': 200,
    '2150-00-00 USD': -64,
    '6210-00-00 USD': 56.87,
    '6211-00-00 USD': 15,
    '6212-00-00 USD': 0.93,
  });
});

it('a receipt of 100.00 GBP that Stripe settled as 126.40 USD: the bank has 126.40, the difference to the own rate is a gain', async () => {
  await kinetic.cashGroup('C1', day);
  await kinetic.receipt('C1', 100, { CurrencyCode: 'GBP', BankReceiptAmt: 126.4, BankRcptExchangeRate10D: 1.264 });
  await kinetic.postCash('C1');
  // The company's own rate is 1.25, so the receivable is worth 125.00 in the book.
  expect(await kinetic.balances()).toEqual({ '1100-00-00 GBP': -100, '1150-00-00 USD': 126.4, '7100-00-00 USD': -1.4 });
  const wrong = { CurrencyCode: 'GBP', BankReceiptAmt: 126.41, BankRcptExchangeRate10D: 1.264, GroupID: 'C2' };
  await kinetic.cashGroup('C2', day);
  const input = { ds: { CashHead: [{ TranType: 'PayInv', CustNum: 1001, CheckRef: 'x', DocTranAmt: 100, ...wrong, RowMod: 'A' }] } };
  expect(await kinetic.refused('Erp.BO.CashRecSvc/UpdateMaster', { ...input, ipTableName: 'CashHead' })).toMatch(/does not follow/);
});

it('a receipt in EUR to an account in EUR stays in EUR and has a worth in the book', async () => {
  await kinetic.cashGroup('C1', day, 'STR-EUR');
  await kinetic.receipt('C1', 50, { CurrencyCode: 'EUR' });
  await kinetic.postCash('C1');
  const [entry] = (await kinetic.ledger()).entries;
  expect(entry?.lines).toEqual([
    { account: '1151-00-00', currency: 'EUR', debit: 50, credit: 0, bookDebit: 55, bookCredit: 0 },
    { account: '1100-00-00', currency: 'EUR', debit: 0, credit: 50, bookDebit: 0, bookCredit: 55 },
  ]);
});

it('applies a receipt to an invoice when it is entered; only what is left becomes a credit memo', async () => {
  await kinetic.invoiceGroup('I1', day);
  const sale = await kinetic.invoice('I1', [[80]]);
  await kinetic.postInvoices('I1');
  await kinetic.cashGroup('C1', day);
  const HeadNum = await kinetic.receipt('C1', 100);
  const part = (amount: number) => ({
    ds: { CashDtl: [{ GroupID: 'C1', HeadNum, InvoiceNum: sale, TranType: 'PayInv', DocTranAmt: amount, RowMod: 'A' }] },
    ipTableName: 'CashDtl',
  });
  expect(await kinetic.refused('Erp.BO.CashRecSvc/UpdateMaster', part(80.01))).toMatch(/open balance/);
  await kinetic.call('Erp.BO.CashRecSvc/UpdateMaster', part(80));
  await kinetic.postCash('C1');
  const { invoices } = (await kinetic.control('GET', 'state')) as { invoices: { DocInvoiceBal: number }[] };
  expect(invoices.map(({ DocInvoiceBal }) => DocInvoiceBal)).toEqual([0, -20]);
  expect(await kinetic.balances()).toEqual({ '1100-00-00 USD': -20, '1150-00-00 USD': 100, '4000-00-00 USD': -80 });
});

it('a bank transfer is in the ledger when it is answered', async () => {
  const row = { BankAcctID: 'STR-USD', ToBankAcctID: 'BANK-USD', TranDate: day, DocTranAmt: 2843.01, TranRef: 'po_1', RowMod: 'A' };
  const { body } = await kinetic.send('POST', 'odata/EPIC06/Erp.BO.BankFundTranSvc/CreateBankTranRecords', {
    ds: { BankFundsTransfer: [row] },
  });
  expect(body.returnObj).toBe(501);
  expect(await kinetic.balances()).toEqual({ '1010-00-00 USD': 2843.01, '1150-00-00 USD': -2843.01 });
  const unknown = { ...row, ToBankAcctID: 'NOWHERE' };
  expect(await kinetic.refused('Erp.BO.BankFundTranSvc/CreateBankTranRecords', { ds: { BankFundsTransfer: [unknown] } })).toMatch(
    /NOWHERE/,
  );
});

describe('what is refused', () => {
  it('more than the open balance, of the invoice or of the memo; a part given back can be applied again', async () => {
    await kinetic.invoiceGroup('I1', day);
    const sale = await kinetic.invoice('I1', [[100]]);
    const memo = await kinetic.invoice('I1', [[60]], { CreditMemo: true });
    await kinetic.postInvoices('I1');
    await kinetic.cashGroup('A1', day, '');
    const apply = (amount: number) => applicationInput('A1', memo, sale, amount);
    expect(await kinetic.refused('Erp.BO.ApplyCreditMemoSvc/Update', apply(60.01))).toMatch(/open balance of invoice/);
    const ipHeadNum = await kinetic.application('A1', memo, sale, 60);
    expect(await kinetic.refused('Erp.BO.ApplyCreditMemoSvc/Update', apply(1))).toMatch(/open balance of invoice/);
    await kinetic.call('Erp.BO.ApplyCreditMemoSvc/DeleteCashDetails', { ipHeadNum });
    await kinetic.application('A1', memo, sale, 60);
    await kinetic.postCash('A1');
    expect(await kinetic.balances()).toEqual({ '1100-00-00 USD': 40, '4000-00-00 USD': -100, '4900-00-00 USD': 60 });
  });

  it('a journal that does not balance stays in its group, its neighbour is posted', async () => {
    await kinetic.journalGroup('J1', day);
    const bad = await kinetic.journal('J1', [
      ['1010-00-00', 10],
      ['1150-00-00', -9],
    ]);
    await kinetic.journal('J1', [
      ['6210-00-00', 3],
      ['1150-00-00', -3],
    ]);
    expect(String((await kinetic.postJournals('J1')).NotAllPostedMessage)).toMatch(`Journal ${bad}: debits do not equal credits`);
    expect(await kinetic.balances()).toEqual({ '1150-00-00 USD': -3, '6210-00-00 USD': 3 });
  });

  it('an account that is not in the chart, an unknown reason, a posted document', async () => {
    await kinetic.invoiceGroup('I1', day);
    expect(await kinetic.refused('Erp.BO.ARInvoiceSvc/UpdateMaster', invoiceInput('I1', [[1, '1234']]))).toMatch(/GL Account 1234/);
    const unknown = invoiceInput('I1', [[1]], { CreditMemo: true, CMReason: 'WHY' });
    expect(await kinetic.refused('Erp.BO.ARInvoiceSvc/UpdateMaster', unknown)).toMatch(/Reason code WHY/);
    const invoiceNum = await kinetic.invoice('I1', [[1]]);
    await kinetic.postInvoices('I1');
    expect(await kinetic.refused('Erp.BO.ARInvoiceSvc/DeleteByID', { invoiceNum })).toMatch(/posted/);
  });

  it('a closed period, before a save and between save and release', async () => {
    await kinetic.invoiceGroup('I1', day);
    await kinetic.invoice('I1', [[5]]);
    await kinetic.closePeriod(day);
    expect(await kinetic.refused('Erp.BO.ARInvoiceSvc/UpdateMaster', invoiceInput('I1', [[1]]))).toMatch(/closed fiscal period/);
    expect(String((await kinetic.postInvoices('I1')).errorMessage)).toMatch(/closed fiscal period/);
    expect((await kinetic.ledger()).entries).toEqual([]);
    await kinetic.closePeriod(day, true);
    expect((await kinetic.postInvoices('I1')).errorMessage).toBe('');
    expect(await kinetic.balances()).toEqual({ '1100-00-00 USD': 5, '4000-00-00 USD': -5 });
  });
});

describe('half a document', () => {
  const invoices = { service: 'Erp.BO.ARInvoiceSvc', operation: 'UpdateMaster', times: 1 };
  const linesNow = async () =>
    ((await kinetic.control('GET', 'state')) as { invoiceLines: { StripeLineKey_c: string }[] }).invoiceLines.map(
      (row) => row.StripeLineKey_c,
    );

  it.each([
    ['header-only', 500, []],
    ['line-dropped', 200, ['line-1']],
    ['line-doubled', 200, ['line-1', 'line-1', 'line-2', 'line-2']],
    ['commit-then-502', 502, ['line-1', 'line-2']],
    ['refuse', 400, []],
  ] as const)('%s', async (kind, status, lines) => {
    await kinetic.invoiceGroup('I1', day);
    await kinetic.faults([{ match: invoices, action: { kind } }]);
    const input = invoiceInput('I1', [
      [1, '4000-00-00'],
      [2, '4200-00-00'],
    ]);
    expect((await kinetic.send('POST', 'odata/EPIC06/Erp.BO.ARInvoiceSvc/UpdateMaster', input)).status).toBe(status);
    expect((await linesNow()).sort()).toEqual(lines);
    const heads = ((await kinetic.control('GET', 'state')) as { invoices: unknown[] }).invoices.length;
    expect(heads).toBe(kind === 'refuse' ? 0 : 1);
  });

  it('a document that is not posted can be deleted with its lines', async () => {
    await kinetic.invoiceGroup('I1', day);
    await kinetic.call('Erp.BO.ARInvoiceSvc/DeleteByID', { invoiceNum: await kinetic.invoice('I1', [[1, '4000-00-00']]) });
    await kinetic.journalGroup('J1', day);
    const journalNum = await kinetic.journal('J1', [['1010-00-00', 1]]);
    const key = { bookID: 'MAIN', fiscalYear: 2026, fiscalYearSuffix: '', journalCode: 'GJ', fiscalCalendarID: 'CAL' };
    await kinetic.call('Erp.BO.GLJournalEntrySvc/DeleteByID', { ...key, journalNum });
    const state = (await kinetic.control('GET', 'state')) as Record<string, unknown[]>;
    expect(['invoices', 'invoiceLines', 'invoiceAccounts', 'journals', 'journalLines'].map((name) => state[name]?.length)).toEqual([
      0, 0, 0, 0, 0,
    ]);
  });
});

describe('documented names', () => {
  it('the service CashReceiptSvc does not exist', async () => {
    expect((await kinetic.send('POST', 'odata/EPIC06/Erp.BO.CashReceiptSvc/CashReceipts', {})).status).toBe(404);
    expect((await kinetic.send('GET', 'odata/EPIC06/CashReceiptSvc/CashReceipts')).status).toBe(404);
  });

  it('customers and orders are OData writes: 201 with the row, 204 without', async () => {
    const customer = { CustID: 'ODATA', Name: 'By OData', CurrencyCode: 'USD', TermsCode: 'N30', TerritoryID: 'US' };
    const made = await kinetic.send('POST', 'odata/EPIC06/Erp.BO.CustomerSvc/Customers', customer);
    expect([made.status, made.body.CustID]).toEqual([201, 'ODATA']);
    const path = `odata/EPIC06/Erp.BO.CustomerSvc/Customers('EPIC06',${String(made.body.CustNum)})`;
    expect((await kinetic.send('PATCH', path, { Name: 'Changed' })).status).toBe(204);
    expect((await kinetic.send('GET', path)).body.Name).toBe('Changed');
    const order = { CustNum: made.body.CustNum, OrderDate: day, PONum: 'WEB-1003', CurrencyCode: 'USD' };
    const ordered = await kinetic.send('POST', 'odata/EPIC06/Erp.BO.SalesOrderSvc/SalesOrders', order);
    expect([ordered.status, ordered.body.OrderNum]).toEqual([201, 10457]);
  });

  it('a function that is published, and one that is not', async () => {
    await kinetic.journalGroup('J1', day);
    const input = { businessObject: 'GLJournalEntry', ...journalInput('J1', [['1010-00-00', 1]]) };
    const { status, body } = await kinetic.send('POST', 'efx/EPIC06/Tributary/PostDocument', input);
    expect([status, (body.ds as { GLJrnHed: unknown[] }).GLJrnHed.length]).toEqual([200, 1]);
    expect((await kinetic.send('POST', 'efx/EPIC06/Tributary/Other', input)).status).toBe(404);
  });
});

it('keeps its books over a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kinetic-books-'));
  const first = await BooksClient.start({ EMULATOR_STATE_DIR: folder });
  await first.invoiceGroup('I1', day);
  await first.invoice('I1', [[7]]);
  await first.postInvoices('I1');
  await first.closePeriod('2026-01-05');
  const before = await first.ledger();
  await first.stop();
  const second = await BooksClient.start({ EMULATOR_STATE_DIR: folder });
  expect(await second.ledger()).toEqual(before);
  const periods = (await second.control('GET', 'periods')) as unknown as { from: string; open: boolean }[];
  expect(periods.filter(({ open }) => !open).map(({ from }) => from)).toEqual(['2026-01-01']);
  await second.stop();
  rmSync(folder, { recursive: true, force: true });
});
