import { createP21Connector, loadP21Config } from '../src/index.js';
import type { P21Connector } from '../src/index.js';
import { aCustomer, anEntry, aReceipt } from './p21-documents.js';
import { P21Emulator } from './p21-emulator.js';
import { p21Environment } from './p21-harness.js';

const signal = AbortSignal.timeout(100_000);
let emulator: P21Emulator;

beforeAll(async () => {
  emulator = await P21Emulator.start({ EMULATOR_WRITE_MS: '50' });
});
afterEach(() => emulator.faults([]));
afterAll(() => emulator.stop());

const connector = (change: NodeJS.ProcessEnv = {}): P21Connector =>
  createP21Connector(loadP21Config(p21Environment(emulator.origin, change)));
const hit = (action: object, match: object = { method: 'POST', service: 'transaction', operation: 'CashReceipts' }): Promise<void> =>
  emulator.faults([{ match: { ...match, times: 1 }, action }]);
const posted = async (id: string): Promise<number> => {
  const { postingKey } = aReceipt(id);
  return (await connector().list('cash-receipt', undefined, signal)).documents.filter(({ marks }) =>
    connector()
      .marksOf(postingKey, 'cash-receipt')
      .includes(marks[0] ?? ''),
  ).length;
};
const receiptOf = (id: string) => aReceipt(id, { customer_id: '100101' });

describe('the session', () => {
  it('is one for all calls, and is opened again once when the token ends', async () => {
    const one = connector();
    const before = (await emulator.calls()).sessions;
    await Promise.all([1, 2, 3].map(() => one.probe(signal)));
    expect((await emulator.calls()).sessions).toBe(before + 1);
    await emulator.expireTokens();
    expect(await one.post(anEntry('po_expired'), signal)).toMatchObject({ kind: 'posted' });
    expect((await emulator.calls()).sessions).toBe(before + 2);
  });

  it('may be that of a consumer key', async () => {
    const one = connector({ P21_USER: '', P21_PASSWORD: '', P21_CONSUMER_KEY: 'demo-consumer-key' });
    expect(await one.post(anEntry('po_key'), signal)).toMatchObject({ kind: 'posted' });
    const wrong = connector({ P21_CONSUMER_KEY: 'another-key' });
    expect(await wrong.post(anEntry('po_wrong_key'), signal)).toMatchObject({ kind: 'unauthorised' });
  });

  it('whose licence has ended is unauthorised, and nothing is stored', async () => {
    await hit({ kind: 'licence' }, { method: 'POST', service: 'accounting/gl' });
    const document = anEntry('po_licence');
    expect(await connector().post(document, signal)).toMatchObject({ kind: 'unauthorised' });
    expect(await connector().find(document.postingKey, 'journal', signal)).toBeUndefined();
  });

  it('never needs more than two at a time of the UI server', async () => {
    const one = connector();
    const outcomes = await Promise.all([1, 2, 3, 4, 5].map((index) => one.post(receiptOf(`ch_many${index}`), signal)));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['posted', 'posted', 'posted', 'posted', 'posted']);
  });

  it('of the UI server that is not free is throttled', async () => {
    await hit({ kind: 'no-session' });
    expect(await connector().post(receiptOf('ch_busy'), signal)).toMatchObject({ kind: 'throttled' });
  });
});

describe('a transaction', () => {
  it('that passed and stored nothing is unknown, and not found', async () => {
    await hit({ kind: 'not-stored' });
    expect(await connector().post(receiptOf('ch_skipped'), signal)).toMatchObject({ kind: 'unknown' });
    expect(await posted('ch_skipped')).toBe(0);
  });

  it('that failed on a dialog after its save is unknown, and found once', async () => {
    await hit({ kind: 'saved-then-error' });
    expect(await connector().post(receiptOf('ch_dialog'), signal)).toMatchObject({ kind: 'unknown' });
    expect(await posted('ch_dialog')).toBe(1);
  });

  it('that failed on a dialog of somebody else is unknown, and not found', async () => {
    await hit({ kind: 'session-contaminated' });
    expect(await connector().post(receiptOf('ch_contaminated'), signal)).toMatchObject({ kind: 'unknown' });
    expect(await posted('ch_contaminated')).toBe(0);
  });

  it('of a customer that is not there is rejected, although its status is 200', async () => {
    const outcome = await connector().post(aReceipt('ch_nobody', { customer_id: '999999' }), signal);
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'p21.transaction-failed' });
  });

  it('of a service that the site has not is held, and says so', async () => {
    const outcome = await connector({ P21_RECEIPT_SERVICE: 'ARReceipts' }).post(receiptOf('ch_service'), signal);
    expect(outcome).toMatchObject({ kind: 'ambiguous', text: expect.stringContaining('no Transaction service ARReceipts') });
  });
});

describe('an entry', () => {
  it('that does not balance is rejected, although its status is 500', async () => {
    const document = anEntry('po_unbalanced');
    const [debit, credit] = document.lines;
    if (!debit || !credit) throw new Error('not reached');
    const lines = [debit, { ...credit, fields: { ...credit.fields, Credit: '10.51' } }];
    expect(await connector().post({ ...document, lines }, signal)).toMatchObject({ kind: 'rejected', text: 'Records do not balance' });
  });

  it('that is answered as stored and is not there is unknown', async () => {
    await hit({ kind: 'not-stored' }, { method: 'POST', service: 'accounting/gl' });
    expect(await connector().post(anEntry('po_not_stored'), signal)).toMatchObject({ kind: 'unknown' });
  });

  it('in a period that is closed is refused before the call, and moves out of it where it may', async () => {
    await emulator.period('2026-10-31', false);
    const document = anEntry('po_closed', { TransactionDate: '2026-10-31' });
    const one = connector();
    expect(await one.post(document, signal)).toMatchObject({ kind: 'rejected', code: 'p21.period-closed' });
    expect(await one.post(one.movedTo(document, '2026-11-01'), signal)).toMatchObject({ kind: 'posted' });
    await emulator.period('2026-10-31', true);
  });
});

describe('customers of two companies with the same number', () => {
  it('are told apart: a look-up and a change reach only the own one', async () => {
    const email = { EmailAddress: 'payables@acme-industrial.example' };
    const own = await connector().post(aCustomer('cus_Acme', email), signal);
    expect(own).toEqual({ kind: 'updated', reference: { CompanyId: 'ACME', CustomerId: '100101' } });
    const rows = (await emulator.state()).customer ?? [];
    const marks = rows.filter(({ customer_id: id }) => id === 100101).map((row) => [row.company_id, row.legacy_id ?? '']);
    expect(marks.sort()).toEqual([
      ['ACME', 'email:p21-main/customer/cus_Acme'],
      ['ACMEWEST', ''],
    ]);
    const west = connector({ P21_COMPANY: 'ACMEWEST' });
    expect(await west.find(aCustomer('cus_Acme').postingKey, 'customer', signal)).toBeUndefined();
    const named = aCustomer('cus_West', { MatchCustomerId: '100101' });
    expect(await west.post(named, signal)).toMatchObject({ reference: { CompanyId: 'ACMEWEST', CustomerId: '100101' } });
    expect(await connector().find(named.postingKey, 'customer', signal)).toBeUndefined();
  });

  it('that share an e-mail address ask a person, and nothing is written', async () => {
    const outcome = await connector().post(aCustomer('cus_Twin', { EmailAddress: 'billing@twin-tools.example' }), signal);
    expect(outcome).toMatchObject({ kind: 'ambiguous', code: 'p21.customer-ambiguous' });
    expect(await connector().find(aCustomer('cus_Twin').postingKey, 'customer', signal)).toBeUndefined();
  });
});

it('leaves the books of the emulator whole', async () => {
  expect((await emulator.ledger()).brokenRules).toEqual([]);
});

describe('a check', () => {
  /** The demo's database has two companies with a customer 100101. */
  const twice = 'warning record: ACME and ACMEWEST both have a customer 100101.';
  const findings = async (change: NodeJS.ProcessEnv = {}): Promise<string[]> => {
    const found = await connector(change).check({}, signal);
    return found.filter(({ level }) => level !== 'ok' && level !== 'unknown').map(({ level, about, text }) => `${level} ${about}: ${text}`);
  };

  it('finds nothing where the site is set up, and tells the version', async () => {
    expect(await findings()).toEqual([twice]);
    const all = await connector().check({}, signal);
    expect(all.map(({ text }) => text)).toContain('Prophet 21 is of the version 0026.0001.5950.0000.');
  });

  it('names a wrong password once, without showing it', async () => {
    const found = await findings({ P21_PASSWORD: 'wrong-password' });
    expect(found).toEqual([expect.stringMatching(/^missing login: .*user name or password is incorrect/)]);
    expect(found.join()).not.toContain('wrong-password');
  });

  it('names a table that may not be read, and goes on', async () => {
    await emulator.faults([{ match: { service: 'odata', operation: 'gl' }, action: { kind: 'odata-denied' } }]);
    expect(await findings()).toEqual([expect.stringMatching(/^missing right: The table gl cannot be read/), twice]);
  });

  it('names the company without periods, and the service that is missing', async () => {
    expect(await findings({ P21_COMPANY: 'NONE' })).toEqual([expect.stringMatching(/^missing record: The company NONE/)]);
    expect(await findings({ P21_RECEIPT_SERVICE: '' })).toEqual([
      expect.stringMatching(/^missing service: P21_RECEIPT_SERVICE names no/),
      twice,
    ]);
    expect(await findings({ P21_RECEIPT_FIELDS: 'bank_no=bank' })).toEqual([
      expect.stringMatching(/^missing service: .*no field bank\./),
      twice,
    ]);
  });
});
