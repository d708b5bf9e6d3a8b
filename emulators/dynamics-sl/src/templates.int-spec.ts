import { journalScreen, memoScreen, paymentScreen } from './testing/screens.js';
import type { Json, Screen } from './testing/sl-client.js';
import { paths, SlClient } from './testing/sl-client.js';

let sl: SlClient;
beforeAll(async () => void (sl = await SlClient.start()));
beforeEach(() => sl.control('POST', 'reset'));
afterAll(() => sl.stop());

it('a payment by the calls of the vendor’s sample: template, screen, line, screen: section 2.1, 5.5', async () => {
  const template = await sl.call<Screen>('POST', `${paths.payment}/templates/getNewScreen`, {});
  expect(template.myBatch).toMatchObject({ GLPostOpt: 'S', JrnlType: 'AR ', CuryMultDiv: 'M', EditScrnNbr: '08050', Status: 'H' });
  const of = { CustId: 'ACME', DocType: 'PA', DocDate: '11/20/2026', BankAcct: '1150', BankSub: '000000000000', CuryOrigDocAmt: 13.04 };
  const saved = await sl.add(paths.payment, { ...template, myARDoc: { ...template.myARDoc, ...of } });
  expect(saved.myARTran).toEqual([]);
  const line = await sl.call('POST', `${paths.payment}/templates/getNewARTran`, {});
  const SiteId = saved.myARDoc.RefNbr;
  const whole = { ...saved, myBatch: { ...saved.myBatch, CuryCtrlTot: 13.04 }, myARTran: [{ ...line, SiteId, CuryTranAmt: 13.04 }] };
  const changed = await sl.call<Screen>('PUT', `${paths.payment}/screen`, whole);
  await sl.release(paths.payment, changed);
  expect(await sl.balances()).toEqual({ '1150 USD': 13.04, '1100 USD': -13.04 });
});

it('a second document goes into a batch on hold, and into none that is balanced: section 4', async () => {
  const first = await sl.add(paths.invoice, memoScreen('IN', [['4000', 10]]));
  const BatNbr = first.myBatch.BatNbr;
  const second = memoScreen('CM', [['4900', 4]]);
  await sl.add(paths.invoice, { ...second, myBatch: { BatNbr } });
  const again = memoScreen('IN', [['4000', 10]], { RefNbr: first.myARDoc.RefNbr });
  expect(await sl.refused('POST', `${paths.invoice}/screen`, { ...again, myBatch: { BatNbr } })).toMatch(/already exists/);
  await sl.release(paths.invoice, { myBatch: { BatNbr } });
  expect(await sl.balances()).toEqual({ '1100 USD': 6, '4000 USD': -10, '4900 USD': 4 });
  const balanced = await sl.add(paths.invoice, { ...second, batchHandling: 'Release Later' });
  expect(balanced.myBatch.Status).toBe('B');
  expect(await sl.refused('POST', `${paths.invoice}/screen`, { ...second, myBatch: { BatNbr: balanced.myBatch.BatNbr } })).toMatch(
    /status B/,
  );
});

it('Release Now saves and releases; what the release refuses stays saved: section 4, 7', async () => {
  const now = { ...memoScreen('IN', [['4000', 10]]), batchHandling: 'Release Now' };
  expect((await sl.add(paths.invoice, now)).myBatch.Status).toBe('U');
  expect(await sl.refused('POST', `${paths.invoice}/screen`, { ...now, myBatch: { CuryCtrlTot: 11 } })).toMatch(/out of balance/);
  expect((await sl.rows('QQ_Batch')).map(({ Status }) => Status)).toEqual(['U', 'B']);
});

it('lists open and released documents of a customer: section 5.5', async () => {
  await sl.release(paths.invoice, await sl.add(paths.invoice, memoScreen('IN', [['4000', 10]], { RefNbr: 'I1' })));
  await sl.release(paths.payment, await sl.add(paths.payment, paymentScreen('P1', 4)));
  await sl.add(paths.invoice, memoScreen('IN', [['4000', 10]], { RefNbr: 'I2' }));
  const listed = async (path: string): Promise<unknown[]> =>
    ((await (await sl.raw('GET', `${paths.application}/${path}/acme`)).json()) as Json[]).map(({ RefNbr }) => String(RefNbr).trim());
  expect(await listed('openInvoices')).toEqual(['I1']);
  expect(await listed('releasedARDocs')).toEqual(['I1', 'P1']);
});

it.each<readonly [string, RegExp, string, Json]>([
  ['a customer that is not there', /Customer 'NOBODY'/, paths.invoice, memoScreen('IN', [['4000', 1]], { CustId: 'NOBODY' })],
  ['a type of another screen', /not valid on this screen/, paths.invoice, memoScreen('PA', [['4000', 1]])],
  ['a line without an account', /Acct and Sub are required/, paths.invoice, memoScreen('IN', [['', 1]])],
  ['an account that is not set up', /Account '4001'/, paths.invoice, memoScreen('IN', [['4001', 1]])],
  ['an account in another currency', /kept in EUR/, paths.invoice, memoScreen('IN', [['1151', 1]], { CuryId: 'GBP' })],
  ['an amount below zero', /greater than zero/, paths.invoice, memoScreen('IN', [['4000', -1]])],
  ['terms that are not set up', /Terms '99'/, paths.invoice, memoScreen('IN', [['4000', 1]], { Terms: '99' })],
  ['a payment without a bank account', /BankAcct/, paths.payment, paymentScreen('P1', 1, { BankAcct: '' })],
  [
    'a line that names another payment',
    /SiteId/,
    paths.payment,
    { ...paymentScreen('P1', 1), myARTran: [{ SiteId: 'P2', CuryTranAmt: 1 }] },
  ],
  ['a period that is none', /Period to post '202613'/, paths.journal, journalScreen([['6210', 1]], { PerPost: '202613' })],
  ['another company', /Company '0061'/, paths.journal, journalScreen([['6210', 1]], { CpnyID: '0061' })],
  [
    'a line number twice',
    /LineNbr 0/,
    paths.journal,
    { myGLTran: [0, 0].map((LineNbr) => ({ LineNbr, Acct: '6210', Sub: '000000000000' })) },
  ],
])('refuses %s in its answer, and stores nothing', async (_what, text, path, screen) => {
  expect(await sl.refused('POST', `${path}/screen`, screen)).toMatch(text);
  expect(await sl.rows('QQ_Batch')).toEqual([]);
});
