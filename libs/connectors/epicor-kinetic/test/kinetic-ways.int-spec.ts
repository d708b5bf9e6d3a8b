import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ErpUnauthorisedError } from '@tributary/connector-kit';
import { createKineticConnector } from '../src/index.js';
import { KineticEmulator } from './kinetic-emulator.js';
import { aCustomer, aKineticReceipt, closedOrigin, kineticConfig } from './kinetic-harness.js';

const patience = (): AbortSignal => AbortSignal.timeout(20_000);
const batch = (batchId: string) => ({ batchId, kind: 'cash-group' as const, date: '2026-11-20', partition: 'STRIPE' });
const running: KineticEmulator[] = [];
const folders: string[] = [];

async function anEmulator(env: Readonly<Record<string, string>> = {}): Promise<KineticEmulator> {
  const emulator = await KineticEmulator.start(env);
  running.push(emulator);
  return emulator;
}
afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.stop()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

it('posts a group through the task agent and waits for its end', async () => {
  const emulator = await anEmulator({ EMULATOR_POSTING_DELAY_MS: '700' });
  const connector = createKineticConnector(kineticConfig(emulator.origin, { posting: 'agent' }));
  await connector.openBatch(batch('SAGENT01'), patience());
  await connector.post(aKineticReceipt('ch_agent', 'SAGENT01'), patience());
  expect((await connector.releaseBatch(batch('SAGENT01'), patience())).kind).toBe('posted');
  // The unapplied receipt became a credit memo with a negative balance (reference, section 6.5).
  expect((await emulator.state()).invoices).toEqual([
    expect.objectContaining({ UnappliedCash: true, InvoiceSuffix: 'UR', DocInvoiceBal: -10.5 }),
  ]);
});

it('a posting that is not at its end in time is unknown, and told by the state', async () => {
  const emulator = await anEmulator({ EMULATOR_POSTING_DELAY_MS: '1500' });
  const connector = createKineticConnector(kineticConfig(emulator.origin, { posting: 'agent' }));
  await connector.openBatch(batch('SAGENT02'), patience());
  await connector.post(aKineticReceipt('ch_agent2', 'SAGENT02'), patience());
  expect((await connector.releaseBatch(batch('SAGENT02'), AbortSignal.timeout(600))).kind).toBe('unknown');
  expect((await connector.batchState('SAGENT02', patience())).state).toBe('posting');
  const late = await connector.post(aKineticReceipt('ch_agent3', 'SAGENT02'), patience());
  expect(late.kind).toBe('conflict');
  expect((await connector.releaseBatch(batch('SAGENT02'), patience())).kind).toBe('posted');
});

it('logs in again when its session is gone, and does the call once', async () => {
  const emulator = await anEmulator();
  const connector = createKineticConnector(kineticConfig(emulator.origin, { session: true }));
  await connector.post(aCustomer('cus_session1'), patience());
  await emulator.faults([{ match: { operation: 'Update', times: 1 }, action: { kind: 'session-expired' } }]);
  expect((await connector.post(aCustomer('cus_session2'), patience())).kind).toBe('posted');
  const { operations } = await emulator.calls();
  expect(operations['POST Ice.LIB.SessionModSvc/Login']).toEqual({ 200: 2 });
  expect(operations['POST Erp.BO.CustomerSvc/Update']).toEqual({ 200: 2, 410: 1 });
  await connector.close();
});

it('many calls at once share one session', async () => {
  const emulator = await anEmulator({ EMULATOR_LICENCES: '1' });
  const connector = createKineticConnector(kineticConfig(emulator.origin, { session: true }));
  const found = await Promise.all(
    Array.from({ length: 10 }, (_, index) => connector.find(aCustomer(`cus_s${index}`).postingKey, 'customer', patience())),
  );
  expect(found).toEqual(Array.from({ length: 10 }, () => undefined));
  expect((await emulator.calls()).operations['POST Ice.LIB.SessionModSvc/Login']).toEqual({ 200: 1 });
  await connector.close();
});

it('waits out the penalty of a missing licence', async () => {
  const emulator = await anEmulator({ EMULATOR_LICENCES: '1', EMULATOR_LICENCE_MODE: 'penalty', EMULATOR_LICENCE_PENALTY_MS: '800' });
  const holder = createKineticConnector(kineticConfig(emulator.origin, { session: true }));
  await holder.probe(patience());
  const startedAt = performance.now();
  await createKineticConnector(kineticConfig(emulator.origin)).probe(patience());
  expect(performance.now() - startedAt).toBeGreaterThan(700);
  await holder.close();
});

it('a receipt that Kinetic refuses because its customer is inactive is rejected with the reason', async () => {
  const emulator = await anEmulator({ EMULATOR_INACTIVE_CUSTOMER: 'refuse' });
  const connector = createKineticConnector(kineticConfig(emulator.origin));
  const customer = await connector.post(aCustomer('cus_inactive', { Inactive: true }), patience());
  const { CustNum = '' } = 'reference' in customer ? customer.reference : {};
  await connector.openBatch(batch('SINACT002'), patience());
  const outcome = await connector.post(aKineticReceipt('ch_inactive', 'SINACT002', { CustNum }), patience());
  expect(outcome).toMatchObject({ kind: 'rejected', field: 'CashHead.CustNum', text: 'Customer is inactive.' });
});

it('looks e-mails up without functions where the server refuses them', async () => {
  const emulator = await anEmulator();
  const connector = createKineticConnector(kineticConfig(emulator.origin, { emailLookup: 'plain' }), {
    fetch: (url, init) => {
      expect(decodeURIComponent(url)).not.toContain('tolower');
      return fetch(url, init);
    },
  });
  const outcome = await connector.post(
    aCustomer('guest:ap@bayside-marine.example', { EMailAddress: 'AP@bayside-marine.example' }),
    patience(),
  );
  expect(outcome).toMatchObject({ kind: 'posted', reference: { CustID: 'BAYSIDE' } });
});

it('tells what a receipt is worth in the currency of its bank account, and reads it without the right to read accounts', async () => {
  const emulator = await anEmulator({ EMULATOR_EXCHANGE_RATES: 'USD:1,GBP:1.2555' });
  const connector = createKineticConnector(kineticConfig(emulator.origin));
  await connector.openBatch({ ...batch('SGBP00001'), partition: 'STR-USD' }, patience());
  const receipt = aKineticReceipt('ch_gbp', 'SGBP00001', { DocTranAmt: '10.01', CurrencyCode: 'GBP', BankAcctID: 'STR-USD' });
  await connector.post(receipt, patience());
  // 10.01 x 1.2555 = 12.567555
  const clearing = { account: 'STR-USD', currency: 'USD', amount: '12.57' };
  expect(await connector.read(receipt.postingKey, 'cash-receipt', patience())).toMatchObject({
    amount: '10.01',
    currency: 'GBP',
    clearing,
  });
  const page = await connector.list?.('cash-receipt', undefined, patience());
  expect(page?.documents).toEqual([expect.objectContaining({ currency: 'GBP', clearing: { account: 'STR-USD', currency: 'USD' } })]);

  const forbidden = createKineticConnector(kineticConfig(emulator.origin), {
    fetch: async (url, init) => (url.includes('BankAcctSvc') ? new Response('{}', { status: 403 }) : fetch(url, init)),
  });
  expect(await forbidden.read(receipt.postingKey, 'cash-receipt', patience())).toMatchObject({
    amount: '10.01',
    clearing: { account: 'STR-USD' },
  });
});

it('reads past 100 rows', async () => {
  const emulator = await anEmulator();
  const contacts = Array.from({ length: 130 }, (_, index) => ({
    CustNum: 1001,
    ShipToNum: '',
    Name: `Contact ${index}`,
    EMailAddress: 'crowd@payers.example',
    RowMod: 'A',
  }));
  // The only contact of another customer comes last: whoever stops at 100 rows finds one customer.
  await emulator.call('Erp.BO.CustCntSvc/Update', {
    ds: { CustCnt: [...contacts, { CustNum: 1002, ShipToNum: '', Name: 'Last', EMailAddress: 'crowd@payers.example', RowMod: 'A' }] },
  });
  const outcome = await createKineticConnector(kineticConfig(emulator.origin)).post(
    aCustomer('cus_crowd', { EMailAddress: 'crowd@payers.example' }),
    patience(),
  );
  expect(outcome).toMatchObject({ kind: 'ambiguous', text: expect.stringMatching(/ACME.*BAYSIDE/) });
});

it('a wrong API key is unauthorised, and a wrong company is not the fault of the document', async () => {
  const emulator = await anEmulator();
  await expect(createKineticConnector(kineticConfig(emulator.origin, { apiKey: 'another' })).probe(patience())).rejects.toThrow(
    ErpUnauthorisedError,
  );
  const outcome = await createKineticConnector(kineticConfig(emulator.origin, { company: 'NONE' })).post(aCustomer('cus_a'), patience());
  expect(outcome).toMatchObject({ kind: 'unavailable', code: 'kinetic.not-set-up' });
});

it('says that nobody listens', async () => {
  const outcome = await createKineticConnector(kineticConfig(await closedOrigin())).post(aCustomer('cus_a'), patience());
  expect(outcome).toMatchObject({ kind: 'unavailable', code: 'kinetic.unreachable', text: expect.stringContaining('ECONNREFUSED') });
});

it('what was committed is there after kill -9 of Kinetic, and no more than that', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kinetic-'));
  folders.push(folder);
  const before = await anEmulator({ EMULATOR_STATE_DIR: folder });
  const connector = createKineticConnector(kineticConfig(before.origin));
  await connector.openBatch(batch('SKILL0001'), patience());
  const outcomes = await Promise.all(
    Array.from({ length: 25 }, (_, index) => connector.post(aKineticReceipt(`ch_kill${index}`, 'SKILL0001'), patience())),
  );
  const state = await before.stateText();
  await before.kill9();
  const after = await anEmulator({ EMULATOR_STATE_DIR: folder });
  expect(await after.stateText()).toBe(state);
  const again = createKineticConnector(kineticConfig(after.origin));
  const found = await Promise.all(
    Array.from({ length: 25 }, (_, index) =>
      again.find(aKineticReceipt(`ch_kill${index}`, 'SKILL0001').postingKey, 'cash-receipt', patience()),
    ),
  );
  expect(found.map((one) => one?.reference)).toEqual(outcomes.map((outcome) => ('reference' in outcome ? outcome.reference : outcome)));
});

it('a storm: looking after every unknown keeps one document per key, posting again without looking does not', async () => {
  const emulator = await anEmulator();
  const connector = createKineticConnector(kineticConfig(emulator.origin));
  await connector.openBatch(batch('SSTORM001'), patience());
  await emulator.faults(
    [
      { match: { method: 'POST', probability: 0.2 }, action: { kind: 'commit-then-drop-connection' } },
      { match: { method: 'POST', probability: 0.2 }, action: { kind: 'down' } },
    ],
    7,
  );
  const post = async (id: string, look: boolean): Promise<void> => {
    const document = aKineticReceipt(id, 'SSTORM001');
    for (;;) {
      const outcome = await connector.post(document, patience());
      if (outcome.kind === 'posted') return;
      if (look && outcome.kind === 'unknown' && (await connector.find(document.postingKey, 'cash-receipt', patience()))) return;
    }
  };
  for (let index = 0; index < 60; index += 1) await post(`ch_look${index}`, true);
  for (let index = 0; index < 60; index += 1) await post(`ch_blind${index}`, false);
  const { receipts } = await emulator.state();
  const count = (prefix: string) => receipts.filter((row) => String(row.CheckRef).startsWith(prefix)).length;
  expect(count('ch_look')).toBe(60);
  // Kinetic stores a receipt twice when it is told to: that is what the look is for.
  expect(count('ch_blind')).toBeGreaterThan(60);
});
