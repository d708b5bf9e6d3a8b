import { memoScreen } from './testing/screens.js';
import type { Json } from './testing/sl-client.js';
import { paths, SlClient } from './testing/sl-client.js';

/** Runs with one emulator of its own. */
async function withKnobs(env: Readonly<Record<string, string>>, work: (sl: SlClient) => Promise<void>): Promise<void> {
  const sl = await SlClient.start(env);
  try {
    await work(sl);
  } finally {
    await sl.stop();
  }
}

const invoice = (more: Json = {}): Json => memoScreen('IN', [['4000', 10]], more);

it('EMULATOR_GL_POSTING=at-release: a released batch is posted, and so are its rows', () =>
  withKnobs({ EMULATOR_GL_POSTING: 'at-release' }, async (sl) => {
    const { myBatch } = await sl.release(paths.invoice, await sl.add(paths.invoice, invoice()));
    expect(myBatch.Status).toBe('P');
    expect((await sl.rows('QQ_GLTran')).map(({ Posted }) => Posted)).toEqual(['P', 'P']);
  }));

it('EMULATOR_PERIODS_PER_YEAR=13: the period of a date is no calendar month', () =>
  withKnobs({ EMULATOR_PERIODS_PER_YEAR: '13' }, async (sl) => {
    // 20 November 2026 is day 324 of the year: period 12 of four weeks each.
    expect((await sl.add(paths.invoice, invoice())).myBatch.PerPost).toBe('202612');
    // What four weeks leave of a year belongs to its last period.
    expect((await sl.add(paths.invoice, invoice({ DocDate: '12/31/2026' }))).myBatch.PerPost).toBe('202613');
  }));

it('EMULATOR_OVERLONG=error: a text that is too long is refused, as an installation with its own check does', () =>
  withKnobs({ EMULATOR_OVERLONG: 'error' }, async (sl) => {
    expect(await sl.refused('POST', `${paths.invoice}/screen`, invoice({ DocDesc: 'd'.repeat(31) }))).toMatch(/DocDesc holds 30/);
    expect(await sl.rows('QQ_ARDoc')).toEqual([]);
  }));

it('EMULATOR_CUSTOMER_ADDRESS=required: the documented minimum of a customer is asked for', () =>
  withKnobs({ EMULATOR_CUSTOMER_ADDRESS: 'required' }, async (sl) => {
    const customer = { Name: 'Ada Ltd', ClassId: 'STRIPE' };
    expect(await sl.refused('POST', paths.customer, { myCustomer: customer })).toMatch(/Addr1 and City/);
    await sl.call('POST', paths.customer, { myCustomer: { ...customer, Addr1: '1 Test St', City: 'Reno' } });
  }));

it('EMULATOR_CUSTOM_FIELDS: a column of the site is kept, padded and found', () =>
  withKnobs({ EMULATOR_CUSTOM_FIELDS: 'ARDoc.xStripeId:40' }, async (sl) => {
    await sl.add(paths.invoice, invoice({ xStripeId: 'ch_1', xNobody: 'lost' }));
    const [row] = await sl.rows('QQ_ARDoc', [{ name: 'xStripeId', value: 'CH_1' }]);
    expect(row).toMatchObject({ xStripeId: 'ch_1'.padEnd(40) });
    expect(row).not.toHaveProperty('xNobody');
  }));

it('EMULATOR_TIME_ZONE: what is written has the local time of the server', () =>
  withKnobs({ EMULATOR_TIME_ZONE: 'Pacific/Kiritimati' }, async (sl) => {
    await sl.add(paths.invoice, invoice());
    const [batch] = await sl.rows('QQ_Batch');
    const ahead = Date.parse(`${String(batch?.LUpd_DateTime)}Z`) - Date.now();
    // UTC+14, to the minute.
    expect(Math.round(ahead / 3_600_000)).toBe(14);
  }));

it.each([
  [{ HTTP_PORT: 'none' }, /HTTP_PORT/],
  [{ EMULATOR_CUSTOM_FIELDS: 'ARDoc' }, /EMULATOR_CUSTOM_FIELDS/],
  [{ EMULATOR_COMPANY: 'longer than ten' }, /EMULATOR_COMPANY/],
])('refuses to start with %j', async (env, named) => {
  await expect(SlClient.start(env)).rejects.toThrow(named);
});
