import type { ErpFinding } from '@tributary/connector-kit';
import { createSlConnector } from '../src/index.js';
import { slConfig } from './sl-documents.js';
import { SlEmulator } from './sl-emulator.js';

let emulator: SlEmulator;
beforeAll(async () => {
  emulator = await SlEmulator.start({ EMULATOR_CUSTOM_FIELDS: 'ARDoc.xOrderNbr:20' });
});
afterAll(async () => {
  await emulator?.stop();
});
beforeEach(async () => {
  await emulator.reset();
});

const findings = (more: NodeJS.ProcessEnv = {}, customFields = new Map<string, Set<string>>()): Promise<readonly ErpFinding[]> =>
  createSlConnector(slConfig(emulator.origin, more)).check({ customFields }, AbortSignal.timeout(20_000));
const notOk = (found: readonly ErpFinding[]): ErpFinding[] => found.filter(({ level }) => level !== 'ok' && level !== 'unknown');

it('finds nothing missing in a site that has everything, custom columns too', async () => {
  const found = await findings({}, new Map([['cash-receipt', new Set(['xOrderNbr'])]]));
  expect(notOk(found)).toEqual([]);
  expect(found.map(({ text }) => text)).toEqual(
    expect.arrayContaining(['paymentEntry is reached by rest.', 'QQ_ARDoc.xOrderNbr can be read.', 'The clock of the target is right.']),
  );
});

it.each<[string, NodeJS.ProcessEnv, Partial<ErpFinding>]>([
  ['a wrong password', { SL_PASSWORD: 'wrong-password' }, { about: 'login', fix: expect.stringContaining('SL_PASSWORD') as string }],
  ['a company that is not there', { SL_COMPANY: '0099' }, { text: expect.stringContaining("Company '0099'") as string }],
  [
    'a site that nobody listens at',
    { SL_URL: 'http://127.0.0.1:9/sl' },
    { about: 'login', fix: expect.stringContaining('SL_URL') as string },
  ],
])('names %s, and checks nothing more', async (_what, more, expected) => {
  const found = await findings(more);
  expect(found).toEqual([expect.objectContaining({ level: 'missing', ...expected })]);
  expect(JSON.stringify(found)).not.toContain('wrong-password');
});

it('names a licence that has expired', async () => {
  await emulator.faults({ match: {}, action: { kind: 'licence' } });
  expect(await findings()).toEqual([expect.objectContaining({ about: 'login', text: expect.stringMatching(/license/i) as string })]);
});

it('names a custom column that mappings fill and the site does not have', async () => {
  const found = notOk(await findings({}, new Map([['customer', new Set(['xRegion'])]])));
  expect(found).toEqual([
    expect.objectContaining({ about: 'custom-field', text: expect.stringContaining('QQ_Customer.xRegion') as string }),
  ]);
});

it('warns of a clock that is an hour off', async () => {
  await emulator.clock(3_600_000);
  expect(notOk(await findings())).toEqual([
    expect.objectContaining({ level: 'warning', about: 'clock', text: 'The clock of the target is 60 minutes ahead of ours.' }),
  ]);
  await emulator.clock(0);
});
