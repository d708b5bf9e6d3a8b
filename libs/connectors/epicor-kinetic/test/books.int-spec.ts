import type { ErpConnector, ErpDocument, ErpReference, PostingOutcome } from '@tributary/connector-kit';
import { createKineticConnector } from '../src/index.js';
import type { KineticConfig } from '../src/index.js';
import { aJournal, anApplication, anInvoice, aTransfer, soldLine } from './kinetic-documents.js';
import { KineticEmulator } from './kinetic-emulator.js';
import { aKineticReceipt, kineticConfig } from './kinetic-harness.js';

const day = '2026-11-20';
const patience = (): AbortSignal => AbortSignal.timeout(20_000);
let emulator: KineticEmulator;
let connector: ErpConnector;
const use = (change: Partial<KineticConfig> = {}): void => {
  connector = createKineticConnector(kineticConfig(emulator.origin, change));
};
beforeEach(async () => {
  emulator = await KineticEmulator.start();
  use();
});
afterEach(async () => {
  expect((await emulator.ledger()).brokenRules).toEqual([]);
  await emulator.stop();
});

const post = (document: ErpDocument): Promise<PostingOutcome> => connector.post(document, patience());
async function posted(document: ErpDocument): Promise<ErpReference> {
  const outcome = await post(document);
  if (outcome.kind !== 'posted') throw new Error(JSON.stringify(outcome));
  return outcome.reference;
}
type Kind = 'cash-group' | 'invoice-group' | 'journal-group' | 'application-group';
const batch = (kind: Kind, batchId: string, partition: string) => ({ kind, batchId, partition, date: day });
const open = async (...args: Parameters<typeof batch>): Promise<void> => {
  expect((await connector.openBatch?.(batch(...args), patience()))?.kind).toBe('posted');
};
const release = (...args: Parameters<typeof batch>): Promise<PostingOutcome | undefined> | undefined =>
  connector.releaseBatch?.(batch(...args), patience());
/** Debits less credits per account and currency, accounts at zero left out; as the connector reads them. */
async function balances(): Promise<Record<string, string>> {
  const rows = (await connector.trialBalance?.(patience())) ?? [];
  const cents = (text: string): number => Math.round(Number(text) * 100);
  return Object.fromEntries(
    rows
      .map(({ account, currency, debit, credit }) => [`${account} ${currency}`, cents(debit) - cents(credit)] as const)
      .filter(([, balance]) => balance !== 0)
      .map(([name, balance]) => [name, (balance / 100).toFixed(2)]),
  );
}

describe.each(['dataset', 'function', 'steps'] as const)('written as %s', (writes) => {
  beforeEach(() => use({ writes }));

  it('an invoiced sale of 500.00, paid, and 120.00 of it given back: every step and the books after it', async () => {
    await open('invoice-group', 'I1', 'AR');
    const sale = await posted(anInvoice('invoice', 'cs_1', 'I1', { lines: soldLine('item', '500.00', '4000-00-00') }));
    await open('cash-group', 'C1', 'STR-USD');
    const receipt = await posted(aKineticReceipt('ch_1', 'C1', { DocTranAmt: '500.00', BankAcctID: 'STR-USD' }));
    expect(await balances()).toEqual({});
    await release('invoice-group', 'I1', 'AR');
    await release('cash-group', 'C1', 'STR-USD');

    await open('application-group', 'A1', 'USD');
    const { GroupID: CashGroupID = '', HeadNum: CashHeadNum = '' } = receipt;
    const settled = anApplication('ch_1', 'A1', { CashGroupID, CashHeadNum, InvoiceNum: sale.InvoiceNum ?? '', DocTranAmt: '500.00' });
    await posted(settled);
    await release('application-group', 'A1', 'USD');
    expect(await balances()).toEqual({ '1150-00-00 USD': '500.00', '4000-00-00 USD': '-500.00' });

    await open('invoice-group', 'I2', 'AR');
    const change = { fields: { InvoiceRef: sale.InvoiceNum ?? '' }, lines: soldLine('refund', '120.00', '4900-00-00') };
    const memo = await posted(anInvoice('credit-memo', 're_1', 'I2', change));
    const out = await posted(anInvoice('refund-payment', 're_1', 'I2', { lines: soldLine('refund', '120.00', '1150-00-00') }));
    await release('invoice-group', 'I2', 'AR');
    await open('application-group', 'A2', 'USD');
    const numbers = { CMInvoiceNum: memo.InvoiceNum ?? '', InvoiceNum: out.InvoiceNum ?? '', DocTranAmt: '120.00' };
    await posted(anApplication('re_1', 'A2', numbers));
    await release('application-group', 'A2', 'USD');
    expect(await balances()).toEqual({ '1150-00-00 USD': '380.00', '4000-00-00 USD': '-500.00', '4900-00-00 USD': '120.00' });

    const read = async (document: ErpDocument) => (await connector.read?.(document.postingKey, document.kind, patience()))?.effect;
    expect(await read(anInvoice('credit-memo', 're_1', 'I2'))).toEqual([
      { account: '1100-00-00', currency: 'USD', credit: '120' },
      { account: '4900-00-00', currency: 'USD', debit: '120' },
    ]);
    expect(await read(anInvoice('refund-payment', 're_1', 'I2'))).toEqual([
      { account: '1100-00-00', currency: 'USD', debit: '120' },
      { account: '1150-00-00', currency: 'USD', credit: '120' },
    ]);
  });

  it.each([
    'commit-then-drop-connection',
    'commit-then-502',
    'drop-before',
    'refuse',
    'down',
    'header-only',
    'line-dropped',
    'line-doubled',
  ])('a journal ends once and whole after %s at any of its writing calls', async (kind) => {
    await open('journal-group', 'J1', 'USD');
    const service = writes === 'function' ? 'efx/Tributary' : 'Erp.BO.GLJournalEntrySvc';
    const operation = writes === 'function' ? 'PostDocument' : 'Update';
    const calls = writes === 'steps' ? 4 : 1;
    for (let skip = 0; skip < calls; skip += 1) {
      const document = aJournal(`po_${skip}`, 'J1');
      await emulator.faults([{ match: { service, operation, times: 1, skip }, action: { kind } }]);
      const outcome = await post(document);
      await emulator.faults([]);
      const found = await connector.find(document.postingKey, 'journal', patience(), document.lines);
      if (outcome.kind === 'posted') expect(found?.complete).toBe(true);
      if (!found) await posted(document);
      else if (!found.complete) await posted({ ...document, known: found.reference, knownMissing: found.missing });
      expect((await connector.find(document.postingKey, 'journal', patience(), document.lines))?.complete).toBe(true);
    }
    expect((await release('journal-group', 'J1', 'USD'))?.kind).toBe('posted');
    expect(await balances()).toEqual({
      '1150-00-00 USD': (-4.13 * calls).toFixed(2),
      '6210-00-00 USD': (3.2 * calls).toFixed(2),
      '6212-00-00 USD': (0.93 * calls).toFixed(2),
    });
  });
});

describe('a refused line', () => {
  const bad = (id: string): ErpDocument =>
    anInvoice('invoice', id, 'I1', { lines: [...soldLine('good', '5.00', '4000-00-00'), ...soldLine('bad', '1.00', 'NO-SUCH-ACCOUNT')] });

  it('in a dataset leaves nothing behind', async () => {
    await open('invoice-group', 'I1', 'AR');
    expect(await post(bad('cs_1'))).toMatchObject({ kind: 'rejected', field: 'InvcDtlTGLC.GLAccount' });
    expect((await emulator.state()).invoices).toEqual([]);
  });

  it('in steps leaves a half that finishing cannot mend, and that is discarded', async () => {
    use({ writes: 'steps' });
    await open('invoice-group', 'I1', 'AR');
    const document = bad('cs_1');
    const half = await post(document);
    expect(half).toMatchObject({ kind: 'partial', missing: ['bad'], text: expect.stringContaining('NO-SUCH-ACCOUNT') });
    const reference = 'reference' in half ? half.reference : {};
    // Finishing says the same again: the ERP has what it had.
    expect(await post({ ...document, known: reference, knownMissing: ['bad'] })).toMatchObject({ kind: 'partial', missing: ['bad'] });
    expect((await connector.discard?.(document.postingKey, 'invoice', reference, patience()))?.kind).toBe('posted');
    const { invoices, invoiceLines, invoiceAccounts } = await emulator.state();
    expect([invoices, invoiceLines, invoiceAccounts]).toEqual([[], [], []]);
  });
});

it('a bank transfer has no batch, is in the ledger at once, and is found and listed as a journal', async () => {
  const transfer = aTransfer('po_1');
  expect(connector.batchOf?.(transfer)).toBeUndefined();
  const reference = await posted(transfer);
  expect(await connector.find(transfer.postingKey, 'journal', patience(), [])).toEqual({ reference, complete: true, missing: [] });
  expect(await connector.read?.(transfer.postingKey, 'journal', patience())).toMatchObject({
    amount: '2843.01',
    released: true,
    effect: [
      { account: '1010-00-00', currency: 'USD', debit: '2843.01' },
      { account: '1150-00-00', currency: 'USD', credit: '2843.01' },
    ],
  });
  await open('journal-group', 'J1', 'USD');
  await posted(aJournal('po_2', 'J1'));
  const keys: (string | undefined)[] = [];
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const page = await connector.list?.('journal', after, patience());
    keys.push(...(page?.documents.map(({ plantedKey }) => plantedKey) ?? []));
    after = page?.next;
  }
  expect(keys).toEqual(['kinetic-test/journal/po_2', 'kinetic-test/journal/po_1']);
  expect((await connector.discard?.(transfer.postingKey, 'journal', reference, patience()))?.kind).toBe('rejected');
});

it('a receipt of 100.00 GBP settled as 126.40 USD: clearing has received 126.40 USD, and the ledger a gain of 1.40', async () => {
  use({ readEffect: 'all' });
  await open('cash-group', 'C1', 'STR-USD');
  const receipt = aKineticReceipt('ch_gbp', 'C1', {
    DocTranAmt: '100.00',
    CurrencyCode: 'GBP',
    BankAcctID: 'STR-USD',
    BankReceiptAmt: '126.40',
  });
  await posted(receipt);
  await release('cash-group', 'C1', 'STR-USD');
  // The company's own rate is 1.25. Lines in two currencies are told in that of the book.
  expect(await connector.read?.(receipt.postingKey, 'cash-receipt', patience())).toMatchObject({
    amount: '100',
    currency: 'GBP',
    clearing: { account: 'STR-USD', currency: 'USD', amount: '126.4' },
    effect: [
      { account: '1150-00-00', currency: 'USD', debit: '126.4' },
      { account: '1100-00-00', currency: 'USD', credit: '125' },
      { account: '7100-00-00', currency: 'USD', credit: '1.4' },
    ],
  });
});

it('the payment of a refund to somebody who is known by a receipt only is for the customer of that receipt', async () => {
  await open('cash-group', 'C1', 'STR-USD');
  const { GroupID = '', HeadNum = '' } = await posted(aKineticReceipt('ch_1', 'C1', { CustNum: '1003', BankAcctID: 'STR-USD' }));
  await open('invoice-group', 'I1', 'AR');
  const ofReceipt = { CustNum: null, CashGroupID: GroupID, CashHeadNum: HeadNum };
  await posted(anInvoice('refund-payment', 're_1', 'I1', { fields: ofReceipt }));
  expect((await emulator.state()).invoices).toMatchObject([{ CustNum: 1003 }]);
  const gone = { ...ofReceipt, CashHeadNum: '1' };
  expect((await post(anInvoice('refund-payment', 're_2', 'I1', { fields: gone }))).kind).toBe('conflict');
});

it('a receipt without a second amount is sent as it always was', async () => {
  await open('cash-group', 'C1', 'STR-USD');
  const [call] = connector.describeCall?.(aKineticReceipt('ch_1', 'C1')) ?? [];
  expect(call?.path).toBe('/api/v2/odata/EPIC06/Erp.BO.CashRecSvc/UpdateMaster');
  expect(Object.keys((JSON.parse(call?.body ?? '{}') as { ds: { CashHead: [object] } }).ds.CashHead[0])).toEqual([
    'TranType',
    'CheckRef',
    'DocTranAmt',
    'CurrencyCode',
    'TranDate',
    'CustNum',
    'GroupID',
    'ExternalID',
    'StripePostingKey_c',
    'RowMod',
  ]);
});

describe('fiscal periods', () => {
  const periodOf = async (date: string) => (await connector.periods?.(patience()))?.find(({ from, to }) => from <= date && date <= to);

  it('are read with those that are closed, over more than one page', async () => {
    await emulator.period('2026-10-15', false);
    expect((await connector.periods?.(patience()))?.length).toBe(11 * 12);
    expect(await periodOf('2026-10-31')).toEqual({ from: '2026-10-01', to: '2026-10-31', open: false });
    expect(await periodOf(day)).toEqual({ from: '2026-11-01', to: '2026-11-30', open: true });
  });

  it('begin in the middle of one where the earliest apply date lies in it', async () => {
    await emulator.stop();
    emulator = await KineticEmulator.start({ EMULATOR_EARLIEST_APPLY_DATE: '2026-11-10' });
    use();
    expect(await periodOf('2026-10-31')).toMatchObject({ open: false });
    expect(await periodOf('2026-11-09')).toEqual({ from: '2026-11-01', to: '2026-11-09', open: false });
    expect(await periodOf('2026-11-10')).toEqual({ from: '2026-11-10', to: '2026-11-30', open: true });
  });

  it('closed before the save it is rejected; closed between save and release the batch fails and can be released later', async () => {
    await open('invoice-group', 'I1', 'AR');
    await posted(anInvoice('invoice', 'cs_1', 'I1'));
    await emulator.period(day, false);
    expect(await post(anInvoice('invoice', 'cs_2', 'I1'))).toMatchObject({
      kind: 'rejected',
      text: expect.stringMatching(/closed fiscal period/),
    });
    expect(await release('invoice-group', 'I1', 'AR')).toMatchObject({
      kind: 'rejected',
      text: expect.stringMatching(/closed fiscal period/),
    });
    expect((await connector.batchState?.('I1', patience(), 'invoice-group'))?.state).toBe('failed');
    await emulator.period(day, true);
    expect((await release('invoice-group', 'I1', 'AR'))?.kind).toBe('posted');
  });
});

describe('an application', () => {
  it('of a receipt that is not posted waits; of one that left no remainder is for a person', async () => {
    await open('cash-group', 'C1', 'STR-USD');
    const { GroupID = '', HeadNum = '' } = await posted(aKineticReceipt('ch_1', 'C1', { BankAcctID: 'STR-USD' }));
    await open('application-group', 'A1', 'USD');
    const early = anApplication('ch_1', 'A1', { CashGroupID: GroupID, CashHeadNum: HeadNum, InvoiceNum: '1' });
    expect(await post(early)).toMatchObject({ kind: 'conflict' });
    expect(await post(anApplication('ch_2', 'A1', { InvoiceNum: '1' }))).toMatchObject({ code: 'kinetic.application-source-missing' });
  });

  it('beyond the open balance is rejected and changes no balance', async () => {
    await open('invoice-group', 'I1', 'AR');
    const sale = await posted(anInvoice('invoice', 'cs_1', 'I1', { lines: soldLine('a', '10.00', '4000-00-00') }));
    const memo = await posted(anInvoice('credit-memo', 're_1', 'I1', { lines: soldLine('a', '20.00', '4900-00-00') }));
    await release('invoice-group', 'I1', 'AR');
    await open('application-group', 'A1', 'USD');
    const numbers = { CMInvoiceNum: memo.InvoiceNum ?? '', InvoiceNum: sale.InvoiceNum ?? '' };
    expect(await post(anApplication('re_1', 'A1', { ...numbers, DocTranAmt: '10.01' }))).toMatchObject({
      kind: 'rejected',
      field: 'CashDtl.DocTranAmt',
    });
    await posted(anApplication('re_1', 'A1', { ...numbers, DocTranAmt: '10.00' }));
  });
});
