import { journalScreen, memoScreen } from './testing/screens.js';
import type { Json } from './testing/sl-client.js';
import { paths, SlClient } from './testing/sl-client.js';

let sl: SlClient;
beforeAll(async () => void (sl = await SlClient.start({ EMULATOR_TIME_SCALE: '3000', EMULATOR_LOCK_WAIT_MS: '60' })));
beforeEach(() => sl.control('POST', 'reset'));
afterAll(() => sl.stop());

const lines = [['4000', 100] as const, ['2200', 8] as const];
const add = { operation: 'editScreen', actionType: 'ADD' };
const batches = (): Promise<readonly Json[]> => sl.rows('QQ_Batch');
const post = () => sl.send('POST', `${paths.invoice}/screen`, memoScreen('IN', lines, { RefNbr: 'S1' }));
const lineCount = async (): Promise<number> => (await sl.rows('QQ_ARTran')).length;

it.each([
  ['commit-then-502', 502, 1],
  ['refuse', 200, 0],
  ['licence', 200, 0],
  ['second-writer', 200, 0],
  ['period-closed', 200, 0],
  ['password-expired', 401, 0],
  ['down', 503, 0],
  ['status', 500, 0],
])('%s answers %i and leaves %i batches', async (kind, status, count) => {
  await sl.faults([{ match: { ...add, times: 1 }, action: { kind } }]);
  const answer = await post();
  expect([answer.status, (await batches()).length]).toEqual([status, count]);
  if (status === 200) expect(answer.body.errorMessage).not.toBe('');
});

it.each([
  ['commit-then-drop-connection', 1],
  ['drop-before', 0],
])('%s loses the answer and leaves %i batches', async (kind, count) => {
  await sl.faults([{ match: { ...add, times: 1 }, action: { kind } }]);
  await expect(post()).rejects.toThrow();
  expect(await batches()).toHaveLength(count);
});

it('a header without lines is not released, and is finished by an update', async () => {
  await sl.faults([{ match: add, action: { kind: 'header-only' } }]);
  expect((await post()).status).toBe(500);
  expect([(await batches()).length, await lineCount()]).toEqual([1, 0]);
  const found = await sl.call('GET', `${paths.invoice}/screen/000001/S1`);
  expect(await sl.refused('POST', `${paths.invoice}/editScreen/RELEASENOW`, found)).toMatch(/out of balance/);
  await sl.faults([]);
  const { myARTran } = memoScreen('IN', lines);
  await sl.call('PUT', `${paths.invoice}/screen`, { ...found, myARTran });
  await sl.release(paths.invoice, { myBatch: { BatNbr: '000001' } });
  expect(await sl.balances()).toEqual({ '1100 USD': 108, '4000 USD': -100, '2200 USD': -8 });
});

it.each([
  ['line-dropped', 1],
  ['line-doubled', 3],
])('%s answers success, and the release finds it', async (kind, count) => {
  await sl.faults([{ match: add, action: { kind } }]);
  expect((await post()).body.errorMessage).toBe('');
  expect(await lineCount()).toBe(count);
  expect(await sl.refused('POST', `${paths.invoice}/editScreen/RELEASENOW`, { myBatch: { BatNbr: '000001' } })).toMatch(/out of balance/);
});

it('a batch whose release dies stays S, moves nothing, and needs a person: section 4', async () => {
  await post();
  await sl.faults([{ match: { actionType: 'RELEASENOW', times: 1 }, action: { kind: 'stuck-suspended' } }]);
  expect(await sl.refused('POST', `${paths.invoice}/editScreen/RELEASENOW`, { myBatch: { BatNbr: '000001' } })).toMatch(/suspended/);
  expect(await batches()).toMatchObject([{ Status: 'S', Rlsed: 0 }]);
  expect(await sl.balances()).toEqual({});
  expect(await sl.refused('POST', `${paths.invoice}/editScreen/RELEASENOW`, { myBatch: { BatNbr: '000001' } })).toMatch(/suspended/);
  expect(await sl.refused('PUT', `${paths.invoice}/screen`, { myBatch: { BatNbr: '000001' }, myARDoc: {} })).toMatch(/status S/);
  await sl.control('PUT', 'batches', { module: 'AR', batNbr: '000001', status: 'B' });
  await sl.release(paths.invoice, { myBatch: { BatNbr: '000001' } });
  expect((await sl.balances())['1100 USD']).toBe(108);
});

it('a release that was answered is refused the second time, and books nothing again', async () => {
  await post();
  await sl.release(paths.invoice, { myBatch: { BatNbr: '000001' } });
  const before = await sl.ledger();
  expect(await sl.refused('POST', `${paths.invoice}/editScreen/RELEASENOW`, { myBatch: { BatNbr: '000001' } })).toMatch(
    /already been released/,
  );
  expect(await sl.ledger()).toEqual(before);
});

it('a journal that is sent twice is there twice: it has no key of its own', async () => {
  const screen = journalScreen([
    ['6210', 10],
    ['1150', -10],
  ]);
  await sl.release(paths.journal, await sl.add(paths.journal, screen));
  await sl.release(paths.journal, await sl.add(paths.journal, screen));
  expect(await sl.balances()).toEqual({ '6210 USD': 20, '1150 USD': -20 });
});

it('a second writer waits for the first, and is refused when that takes too long', async () => {
  // 300 s of the real system: 100 ms here, longer than the 60 ms that a writer waits.
  await sl.faults([{ match: { ...add, times: 1 }, action: { kind: 'slow', delayMs: 300_000 } }]);
  const one = post();
  while (((await sl.control('GET', 'faults')).rules as Json[])[0]?.acted !== 1);
  const second = await sl.send('POST', `${paths.invoice}/screen`, memoScreen('CM', [['4900', 1]]));
  const first = await one;
  expect([first.body.errorMessage, second.body.errorMessage]).toEqual(['', expect.stringMatching(/another user/)]);
  expect(await batches()).toHaveLength(1);
  await post();
  expect(await batches()).toHaveLength(1); // the same number for the same customer: refused, and the place of the writer is free
});

it('a closed period refuses a save and a release, by date and by PerPost', async () => {
  await post();
  await sl.closePeriod('2026-11-20');
  expect((await post()).body.errorMessage).toMatch(/202611 is closed/);
  expect(await sl.refused('POST', `${paths.invoice}/editScreen/RELEASENOW`, { myBatch: { BatNbr: '000001' } })).toMatch(/202611 is closed/);
  expect((await batches()).map(({ Status }) => Status)).toEqual(['H']);
  const later = memoScreen('IN', lines, { RefNbr: 'S2' });
  await sl.add(paths.invoice, { ...later, myBatch: { ...(later.myBatch as Json), PerPost: '202612' } });
});

it('the clock of the server can be off: it shows in the date header and in what is written', async () => {
  await sl.control('PUT', 'clock', { offsetMs: 86_400_000 * 400 });
  await post();
  const [batch] = await batches();
  const ahead = new Date(Date.parse(`${String(batch?.LUpd_DateTime)}Z`)).getTime() - Date.now();
  expect(ahead / 86_400_000).toBeGreaterThan(399);
});

it('calls are counted with how they ended', async () => {
  await sl.faults([{ match: { ...add, times: 1 }, action: { kind: 'commit-then-502' } }]);
  await post();
  expect(await sl.control('GET', 'calls')).toEqual({ total: 1, operations: { 'rest POST invoiceAndMemo/editScreen': { 502: 1 } } });
});

it('a plan that is none is refused with what is wrong in it', async () => {
  expect(await sl.control('PUT', 'faults', { rules: [{ action: { kind: 'explode' } }] })).toMatchObject({ problems: expect.any(Array) });
});
