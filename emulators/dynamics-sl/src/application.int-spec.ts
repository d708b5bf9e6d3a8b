import type { Json } from './testing/sl-client.js';
import { applicationScreen, memoScreen, paymentScreen } from './testing/screens.js';
import { paths, SlClient } from './testing/sl-client.js';

let sl: SlClient;
beforeAll(async () => void (sl = await SlClient.start()));
beforeEach(() => sl.control('POST', 'reset'));
afterAll(() => sl.stop());

const released = async (path: string, screen: Json): Promise<void> => void (await sl.release(path, await sl.add(path, screen)));
const memo = (DocType: string, RefNbr: string, amount: number, more: Json = {}) =>
  released(paths.invoice, memoScreen(DocType, [[DocType === 'CM' ? '4900' : '4000', amount]], { RefNbr, ...more }));
const balance = async (type: string, refNbr: string): Promise<unknown> =>
  (
    await sl.rows('QQ_ARDoc', [
      { name: 'DocType', value: type },
      { name: 'RefNbr', value: refNbr },
    ])
  ).map(({ CuryDocBal, OpenDoc }) => [CuryDocBal, OpenDoc])[0];

it('lowers both balances at the release, links them and closes what is at zero: section 5.5', async () => {
  await memo('IN', 'INV1', 100);
  await memo('CM', 'CM1', 60);
  const saved = await sl.add(paths.application, applicationScreen(['CM', 'CM1'], ['IN', 'INV1'], 60));
  expect(saved.myARTran).toMatchObject([{ SiteId: 'INV1      ', CmmnPct: -100, LineId: 1, User1: 're_1'.padEnd(30), Rlsed: 0 }]);
  expect(await balance('IN', 'INV1')).toEqual([100, 1]);
  await sl.release(paths.application, saved);
  expect([await balance('IN', 'INV1'), await balance('CM', 'CM1')]).toEqual([
    [40, 1],
    [0, 0],
  ]);
  expect(await sl.rows('QQ_ARAdjust')).toMatchObject([
    { AdjgRefNbr: 'CM1       ', AdjgDocType: 'CM', AdjdRefNbr: 'INV1      ', AdjdDocType: 'IN', CuryAdjdAmt: 60 },
  ]);
  expect(await sl.balances()).toEqual({ '1100 USD': 40, '4000 USD': -100, '4900 USD': 60 });
  expect((await sl.ledger()).brokenRules).toEqual([]);
});

it('applies a payment with one call: section 5.5', async () => {
  await memo('DM', 'DM1', 50);
  await released(paths.payment, paymentScreen('PAY1', 80));
  const call = {
    actionType: 'RELEASENOW',
    custID: 'ACME',
    paymentRefNbr: 'PAY1',
    invoiceRefNbr: 'DM1',
    applyAmount: 50,
    parms: [{ name: 'User1', value: 're_2' }],
  };
  expect(await sl.call('POST', `${paths.application}/applyPayment`, call)).toEqual({ errorCode: 0, errorMessage: '' });
  expect([await balance('PA', 'PAY1'), await balance('DM', 'DM1')]).toEqual([
    [30, 1],
    [0, 0],
  ]);
  expect((await sl.send('POST', `${paths.application}/applyPayment`, call)).body).toMatchObject({
    errorCode: 1,
    errorMessage: expect.stringMatching(/more than the open balance/),
  });
});

it('what two rates differ by goes to gains and losses: section 5.7', async () => {
  await memo('IN', 'G1', 80, { CuryId: 'GBP' }); // at the company's 1.25: 100.00
  await released(paths.payment, paymentScreen('G2', 80, { CuryId: 'GBP', CuryRate: 1.344, CuryMultDiv: 'M' })); // 107.52
  await released(paths.application, applicationScreen(['PA', 'G2'], ['IN', 'G1'], 80));
  expect(await sl.balances()).toEqual({ '1150 USD': 107.52, '4000 GBP': -80, '7100 USD': -7.52 });
  expect((await sl.ledger()).brokenRules).toEqual([]);
});

it.each<readonly [string, RegExp, () => Promise<Json>]>([
  [
    'more than the open balance',
    /more than the open balance of invoice/,
    async () => {
      await memo('IN', 'I1', 10);
      await memo('CM', 'C1', 20);
      return applicationScreen(['CM', 'C1'], ['IN', 'I1'], 10.01);
    },
  ],
  [
    'an invoice that is not released',
    /is not released/,
    async () => {
      await sl.add(paths.invoice, memoScreen('IN', [['4000', 10]], { RefNbr: 'I1' }));
      await memo('CM', 'C1', 20);
      return applicationScreen(['CM', 'C1'], ['IN', 'I1'], 5);
    },
  ],
  [
    'another currency',
    /is in GBP/,
    async () => {
      await memo('IN', 'I1', 10, { CuryId: 'GBP' });
      await memo('CM', 'C1', 20);
      return applicationScreen(['CM', 'C1'], ['IN', 'I1'], 5);
    },
  ],
  [
    'a document of another customer',
    /does not exist for this customer/,
    async () => {
      await memo('IN', 'I1', 10, { CustId: 'BAYSIDE' });
      await memo('CM', 'C1', 20);
      return applicationScreen(['CM', 'C1'], ['IN', 'I1'], 5);
    },
  ],
])('refuses %s, and stores nothing', async (_what, text, given) => {
  const screen = await given();
  expect(await sl.refused('POST', `${paths.application}/screen`, screen)).toMatch(text);
  expect(await sl.rows('QQ_Batch', [{ name: 'EditScrnNbr', value: '08030' }])).toEqual([]);
});

it('a line that was doubled is emptied by its number, and then the batch is released', async () => {
  await memo('IN', 'I1', 10);
  await memo('CM', 'C1', 20);
  await sl.faults([{ match: { actionType: 'ADD' }, action: { kind: 'line-doubled' } }]);
  const doubled = await sl.add(paths.application, applicationScreen(['CM', 'C1'], ['IN', 'I1'], 4));
  expect(doubled.myARTran).toHaveLength(2);
  const { myBatch } = doubled;
  expect(await sl.refused('POST', `${paths.application}/editScreen/RELEASENOW`, { myBatch })).toMatch(/out of balance/);
  await sl.call('PUT', `${paths.application}/screen`, { myBatch, myARTran: [{ LineNbr: 2, CuryTranAmt: 0 }] });
  await sl.release(paths.application, { ...doubled, myARTran: [] });
  expect([await balance('IN', 'I1'), (await sl.rows('QQ_ARAdjust')).length]).toEqual([[6, 1], 1]);
});

it('two applications of the same amount: the second release is refused, so that no balance crosses zero', async () => {
  await memo('IN', 'I1', 10);
  await memo('CM', 'C1', 20);
  const screen = applicationScreen(['CM', 'C1'], ['IN', 'I1'], 10);
  const [one, two] = [await sl.add(paths.application, screen), await sl.add(paths.application, screen)];
  await sl.release(paths.application, one);
  expect(await sl.refused('POST', `${paths.application}/editScreen/RELEASENOW`, two)).toMatch(/more than the open balance/);
  expect(await balance('IN', 'I1')).toEqual([0, 0]);
});
