import type { ErpBatch, ErpDocument, ErpReference, PostingOutcome } from '@tributary/connector-kit';
import { ErpDuplicateDocumentError, ErpSilentError, ErpUnauthorisedError } from '@tributary/connector-kit';
import { shortReference } from '@tributary/domain';
import type { SlConnector } from '../src/index.js';
import { createSlConnector } from '../src/index.js';
import { aCustomer, aJournal, aMemo, anApplication, aReceipt, day, slConfig } from './sl-documents.js';
import { SlEmulator } from './sl-emulator.js';

const patience = (): AbortSignal => AbortSignal.timeout(20_000);
const adding = (service: string) => ({ service, operation: 'editScreen', actionType: 'ADD', times: 1 });
const releasing = { operation: 'editScreen', actionType: 'RELEASENOW', times: 1 };

let emulator: SlEmulator;
let sl: SlConnector;
let serial = 0;
const id = (prefix: string): string => `${prefix}_3Tom${String((serial += 1)).padStart(20, '0')}`;

beforeAll(async () => {
  emulator = await SlEmulator.start();
  sl = createSlConnector(slConfig(emulator.origin));
});
afterAll(async () => {
  await emulator?.stop();
});
beforeEach(async () => {
  await emulator.faults();
});

const post = (document: ErpDocument): Promise<PostingOutcome> => sl.post(document, patience());

async function posted(document: ErpDocument): Promise<ErpReference> {
  const outcome = await post(document);
  if (outcome.kind !== 'posted' && outcome.kind !== 'updated') throw new Error(JSON.stringify(outcome));
  return outcome.reference;
}

function batchOf(document: ErpDocument, reference: ErpReference): ErpBatch {
  const of = sl.batchOf(document);
  if (!of) throw new Error(`${document.kind} has no batch`);
  return { ...of, batchId: sl.batchIdOf(document.kind, reference) ?? '' };
}

const release = async (document: ErpDocument, reference: ErpReference): Promise<PostingOutcome> =>
  sl.releaseBatch(batchOf(document, reference), patience());

async function inLedger(document: ErpDocument): Promise<ErpReference> {
  const reference = await posted(document);
  expect(await release(document, reference)).toMatchObject({ kind: 'posted' });
  return reference;
}

const aPayer = (): Promise<ErpReference> => posted(aCustomer(id('cus')));

describe('a document gets a batch of its own when it is saved, and reaches the ledger with its release', () => {
  it.each(['cash-receipt', 'credit-memo', 'refund-payment', 'invoice', 'journal'] as const)('%s', async (kind) => {
    const payer = await aPayer();
    const source = id('src');
    const document = kind === 'journal' ? aJournal(source) : kind === 'cash-receipt' ? aReceipt(source, payer) : aMemo(kind, source, payer);
    const all = createSlConnector(slConfig(emulator.origin, { SL_READ_EFFECT: 'all' }));
    const reference = await posted(document);
    expect(sl.batchIdOf(kind, reference)).toMatch(/^(AR|GL)\d{6}$/);
    expect(await sl.find(document.postingKey, kind, patience(), document.lines)).toEqual({ reference, complete: true, missing: [] });
    expect(await all.read(document.postingKey, kind, patience())).toMatchObject({
      amount: '100',
      currency: 'USD',
      released: false,
      effect: [],
    });
    expect((await release(document, reference)).kind).toBe('posted');
    const state = await all.read(document.postingKey, kind, patience());
    const sums = (side: 'debit' | 'credit'): number => (state?.effect ?? []).reduce((sum, entry) => sum + Number(entry[side] ?? 0), 0);
    expect([state?.released, sums('debit'), sums('credit')]).toEqual([true, 100, 100]);
    expect(await sl.batchState(batchOf(document, reference).batchId, patience())).toEqual({ state: 'posted', text: '' });
    // Released once: the second call sees it, and sends nothing.
    expect((await release(document, reference)).kind).toBe('posted');
    expect((await emulator.ledger()).brokenRules).toEqual([]);
  });
});

it('marks stand in the columns that people see: the Stripe id in User1, the number from the posting key', async () => {
  const payer = await aPayer();
  const document = aReceipt(id('ch'), payer);
  await posted(document);
  const row = (await emulator.rows('ARDoc')).find(({ RefNbr }) => RefNbr === shortReference(document.postingKey, 10));
  expect(row).toMatchObject({ DocType: 'PA', CustId: payer.CustId, User2: shortReference(document.postingKey, 30), PerPost: '202611' });
  expect(row?.User1).toBe(document.postingKey.split('/')[2]);
});

it('a number that another document has is no document of ours, and says so', async () => {
  const payer = await aPayer();
  const document = aReceipt(id('ch'), payer);
  const other = {
    CustId: payer.CustId,
    DocType: 'PA',
    RefNbr: shortReference(document.postingKey, 10),
    CuryOrigDocAmt: 5,
    BankAcct: '1150',
    BankSub: '000000000000',
    DocDate: day,
  };
  await emulator.call('POST', 'financial/accountsReceivable/paymentEntry/screen', {
    myBatch: {},
    myARDoc: { ...other, User1: 'by hand' },
    myARTran: [{ CuryTranAmt: 5 }],
  });
  await expect(sl.find(document.postingKey, 'cash-receipt', patience())).rejects.toThrow(ErpDuplicateDocumentError);
  expect(await post(document)).toMatchObject({ kind: 'ambiguous', code: 'sl.reference-taken' });
});

it.each([
  ['the answer is lost after the commit', { kind: 'commit-then-drop-connection' }, 'unknown', 1],
  ['a proxy answers 502 after the commit', { kind: 'commit-then-502' }, 'unknown', 1],
  ['the server dies before', { kind: 'status', status: 500 }, 'unknown', 0],
  ['a proxy refuses', { kind: 'down' }, 'unavailable', 0],
  ['a rule of the site refuses', { kind: 'refuse' }, 'rejected', 0],
  ['the period is closed', { kind: 'period-closed' }, 'rejected', 0],
  ['another writer is at work', { kind: 'second-writer' }, 'conflict', 0],
  ['the licence has expired', { kind: 'licence' }, 'unauthorised', 0],
  ['the password has expired', { kind: 'password-expired' }, 'unauthorised', 0],
])('a payment when %s: %j is %s', async (_what, action, expected, stored) => {
  const document = aReceipt(id('ch'), await aPayer());
  await emulator.faults({ match: adding('paymentEntry'), action });
  expect((await post(document)).kind).toBe(expected);
  const rows = (await emulator.rows('ARDoc')).filter(({ User2 }) => User2 === shortReference(document.postingKey, 30));
  expect(rows).toHaveLength(stored);
  expect((await sl.find(document.postingKey, 'cash-receipt', patience())) !== undefined).toBe(stored === 1);
});

describe('a half document', () => {
  it.each(['credit-memo', 'journal'] as const)('%s is found as one, and finished by its lines', async (kind) => {
    const document = kind === 'journal' ? aJournal(id('po')) : aMemo(kind, id('re'), await aPayer());
    const service = kind === 'journal' ? 'journalTransactions' : 'invoiceAndMemo';
    await emulator.faults({ match: adding(service), action: { kind: 'header-only' } });
    expect((await post(document)).kind).toBe('unknown');
    const half = await sl.find(document.postingKey, kind, patience(), document.lines);
    expect(half).toMatchObject({ complete: false, missing: document.lines.map(({ key }) => key) });
    const reference = await posted({ ...document, known: half?.reference ?? {}, knownMissing: half?.missing ?? [] });
    expect(await sl.find(document.postingKey, kind, patience(), document.lines)).toEqual({ reference, complete: true, missing: [] });
    expect((await release(document, reference)).kind).toBe('posted');
    expect((await emulator.ledger()).brokenRules).toEqual([]);
  });

  it('that SL refuses to finish stays as it is, says why, and is finished once a person has acted', async () => {
    const document = aMemo('credit-memo', id('re'), await aPayer());
    await emulator.faults({ match: adding('invoiceAndMemo'), action: { kind: 'header-only' } });
    await post(document);
    const find = () => sl.find(document.postingKey, 'credit-memo', patience(), document.lines);
    const half = await find();
    const rest = { ...document, known: half?.reference ?? {}, knownMissing: half?.missing ?? [] };
    await emulator.faults({ match: { ...adding('invoiceAndMemo'), actionType: 'UPDATE' }, action: { kind: 'refuse' } });
    expect(await post(rest)).toMatchObject({ kind: 'rejected', text: expect.stringContaining('business rule of this site') as string });
    expect(await find()).toEqual(half);
    expect((await release(document, await posted(rest))).kind).toBe('posted');
  });

  it.each(['line-dropped', 'line-doubled'])('%s is told by the answer, and repaired', async (fault) => {
    const document = aJournal(id('po'));
    await emulator.faults({ match: adding('journalTransactions'), action: { kind: fault } });
    const outcome = await post(document);
    expect(outcome).toMatchObject({ kind: 'partial', missing: ['CLR-credit'] });
    const known = outcome.kind === 'partial' ? outcome.reference : {};
    expect(await post({ ...document, known, knownMissing: ['CLR-credit'] })).toEqual({ kind: 'posted', reference: known });
    expect((await release(document, known)).kind).toBe('posted');
    expect((await emulator.ledger()).brokenRules).toEqual([]);
  });
});

describe('a release', () => {
  it('whose answer is lost is unknown, then told by the status of the batch', async () => {
    const document = aReceipt(id('ch'), await aPayer());
    const reference = await posted(document);
    await emulator.faults({ match: releasing, action: { kind: 'commit-then-drop-connection' } });
    expect((await release(document, reference)).kind).toBe('unknown');
    expect((await sl.batchState(batchOf(document, reference).batchId, patience())).state).toBe('posted');
  });

  it('that leaves the batch in S is never sent again; it says what to do, and a person mends it', async () => {
    const document = aReceipt(id('ch'), await aPayer());
    const reference = await posted(document);
    await emulator.faults({ match: releasing, action: { kind: 'stuck-suspended' } });
    expect(await release(document, reference)).toMatchObject({ kind: 'rejected', code: 'sl.batch-stuck' });
    const { batchId } = batchOf(document, reference);
    expect(await sl.batchState(batchId, patience())).toEqual({
      state: 'failed',
      text: expect.stringMatching(/suspended.*put it back on hold/) as string,
    });
    expect(await release(document, reference)).toMatchObject({
      kind: 'rejected',
      code: 'sl.batch-stuck',
      text: expect.stringContaining('not released again') as string,
    });
    await emulator.batch('AR', reference.BatNbr ?? '', 'H');
    expect((await release(document, reference)).kind).toBe('posted');
  });

  it('in a period that was closed meanwhile is rejected and says so', async () => {
    const document = aReceipt(id('ch'), await aPayer(), { fields: { DocDate: '2026-10-05' } });
    const reference = await posted(document);
    await emulator.period('2026-10-05', false);
    expect(await release(document, reference)).toMatchObject({
      kind: 'rejected',
      text: expect.stringMatching(/period.*closed/i) as string,
    });
    await emulator.period('2026-10-05', true);
    expect((await release(document, reference)).kind).toBe('posted');
  });

  it('of a batch that is not there has nothing to do', async () => {
    const document = aReceipt(id('ch'), await aPayer());
    expect((await release(document, { Module: 'AR', BatNbr: '999999' })).kind).toBe('skipped');
    expect((await sl.batchState('AR999999', patience())).state).toBe('absent');
  });
});

describe('refused before any call', () => {
  it.each<[string, ErpDocument['fields'], string]>([
    ['a text longer than its column', { DocDesc: 'x'.repeat(31) }, 'sl.too-long'],
    ['an amount that is not exact as a double', { CuryOrigDocAmt: '90071992547409.93' }, 'sl.field-invalid'],
    ['a settlement in a third currency', { CuryId: 'GBP', SettledAmt: '10.00', SettledCuryId: 'EUR' }, 'sl.settlement-currency'],
  ])('%s', async (_what, fields, code) => {
    const document = aReceipt(id('ch'), await aPayer(), { fields });
    const before = (await emulator.rows('ARDoc')).length;
    expect(await post(document)).toMatchObject({ kind: 'rejected', code });
    expect((await emulator.rows('ARDoc')).length).toBe(before);
  });

  it('lines that do not add up, and a journal out of balance', async () => {
    expect(await post(aMemo('credit-memo', id('re'), await aPayer(), { fields: { CuryOrigDocAmt: '99.99' } }))).toMatchObject({
      code: 'sl.totals-differ',
    });
    const { lines, ...journal } = aJournal(id('po'));
    expect(await post({ ...journal, lines: lines.slice(1) })).toMatchObject({ code: 'sl.totals-differ' });
  });
});

it('a payment in pounds that settles in dollars is worth what Stripe settled', async () => {
  const document = aReceipt(id('ch'), await aPayer(), {
    fields: { CuryId: 'GBP', CuryOrigDocAmt: '80.00', SettledAmt: '107.52', SettledCuryId: 'USD' },
  });
  await inLedger(document);
  const all = createSlConnector(slConfig(emulator.origin, { SL_READ_EFFECT: 'all' }));
  expect(await all.read(document.postingKey, 'cash-receipt', patience())).toMatchObject({
    amount: '80',
    currency: 'GBP',
    clearing: { account: '1150-000000000000', currency: 'USD', amount: '107.52' },
    effect: expect.arrayContaining([{ account: '1150-000000000000', currency: 'USD', debit: '107.52' }]) as unknown,
  });
});

it('a payment pays a debit memo as far as it goes, once both are released', async () => {
  const payer = await aPayer();
  const [receipt, memo] = [aReceipt(id('ch'), payer), aMemo('refund-payment', id('re'), payer)];
  const [from, to] = [await posted(receipt), await posted(memo)];
  const application = anApplication(id('re'), from, to);
  expect(await post(application)).toMatchObject({ kind: 'conflict', text: expect.stringContaining('not released') as string });
  await release(receipt, from);
  await release(memo, to);
  expect(await post({ ...application, fields: { ...application.fields, CuryTranAmt: '100.01' } })).toMatchObject({
    code: 'sl.beyond-balance',
  });
  await inLedger(application);
  const open = (await emulator.rows('ARDoc')).filter(({ RefNbr }) => [from.RefNbr, to.RefNbr].includes(String(RefNbr)));
  expect(open.map(({ CuryDocBal }) => CuryDocBal)).toEqual([70, 70]);
  expect((await emulator.ledger()).brokenRules).toEqual([]);
});

describe('access', () => {
  it('a wrong password, a closed port and a missing swagger are told apart', async () => {
    const document = aCustomer(id('cus'));
    const wrong = createSlConnector(slConfig(emulator.origin, { SL_PASSWORD: 'wrong-password' }));
    const outcome = await wrong.post(document, patience());
    expect(outcome.kind).toBe('unauthorised');
    expect(JSON.stringify(outcome)).not.toContain('wrong-password');
    await expect(wrong.probe(patience())).rejects.toThrow(ErpUnauthorisedError);
    const nobody = createSlConnector(slConfig('http://127.0.0.1:1'));
    await expect(nobody.probe(patience())).rejects.toThrow(ErpSilentError);
  });

  it('without swagger it asks for SL_DOORS, and works with it', async () => {
    const silent = await SlEmulator.start({ EMULATOR_SWAGGER: 'off' });
    try {
      const asked = createSlConnector(slConfig(silent.origin));
      expect(await asked.post(aCustomer(id('cus')), patience())).toMatchObject({
        code: 'sl.not-set-up',
        text: expect.stringContaining('SL_DOORS=rest') as string,
      });
      const named = createSlConnector(slConfig(silent.origin, { SL_DOORS: 'rest' }));
      expect((await named.post(aCustomer(id('cus')), patience())).kind).toBe('posted');
    } finally {
      await silent.stop();
    }
  });
});
