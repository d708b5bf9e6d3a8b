import { createSlConnector, loadSlConfig } from '@tributary/connector-dynamics-sl';
import { createKineticConnector, loadKineticConfig } from '@tributary/connector-epicor-kinetic';
import { loadErpSinkConfig } from './erp-sink.config.js';
import { openCallsOf, policiesOf } from './policies.js';

const config = (more: Record<string, string> = {}) =>
  loadErpSinkConfig({
    KAFKA_BROKERS: 'none:1',
    SCHEMA_REGISTRY_URL: 'http://none.invalid',
    DATABASE_URL: 'postgres://none.invalid/none',
    ERP_TARGET: 'kinetic-main',
    ...more,
  });
const kinetic = createKineticConnector(
  loadKineticConfig({
    KINETIC_URL: 'http://none.invalid/kinetic',
    KINETIC_COMPANY: 'EPIC06',
    KINETIC_USER: 'u',
    KINETIC_PASSWORD: 'p',
    KINETIC_API_KEY: 'k',
  }),
);

// libs/posting/src/held-in-time.spec.ts shows that these numbers hold a posting within 60 s. Change the numbers in both files together.
it('has the numbers for Kinetic as shipped that hold a posting in time', () => {
  expect(kinetic.longestCallMs).toBe(35_000);
  expect(policiesOf(config(), kinetic).posting('cash-receipt')).toMatchObject({
    leaseMs: 42_000,
    settleMs: 2_000,
    lookupsBeforePost: 2,
    maxAttempts: 6,
    heldAfterMs: 40_000,
    resumeDelayMs: 10_000,
    lookupMs: 5_000,
    recheckMs: [15_000, 120_000, 1_800_000],
  });
  expect(policiesOf(config(), kinetic).batch).toMatchObject({
    leaseMs: 40_000,
    settleMs: 5_000,
    heldAfterMs: 40_000,
    lookupsBeforeRelease: 2,
  });
});

it('gives a target with longer calls longer leases, and holds its postings only after a call could have ended', () => {
  const slow = { name: 'slow', longestCallMs: 300_000 };
  const { posting, batch } = policiesOf(config(), slow);
  expect(posting('cash-receipt')).toMatchObject({ leaseMs: 307_000, heldAfterMs: 305_000, canDiscard: false });
  expect(batch).toMatchObject({ leaseMs: 305_000, heldAfterMs: 305_000 });
  expect(policiesOf(config({ ERP_HELD_AFTER_MS: '60000' }), slow).posting('cash-receipt').heldAfterMs).toBe(60_000);
});

it('deletes only what the target can delete, and what is not released with its save', () => {
  const discard = () => Promise.reject(new Error('not called'));
  const batchMode = (kind: string) => (kind === 'journal' ? 'none' : 'named') as 'none' | 'named';
  const { posting } = policiesOf(config(), { name: 'deletes', longestCallMs: 1_000, discard, batchMode });
  expect([posting('invoice').canDiscard, posting('journal').canDiscard]).toEqual([true, false]);
});

it('takes what the configuration says before what the connector says', () => {
  const { posting, batch } = policiesOf(config({ ERP_SETTLE_MS: '300', ERP_LEASE_MS: '50000' }), kinetic);
  expect(posting('customer')).toMatchObject({ settleMs: 300, leaseMs: 50_300 });
  expect(batch).toMatchObject({ settleMs: 300, leaseMs: 50_000 });
});

it('refuses a lease that a call may outlive', () => {
  expect(() => policiesOf(config({ ERP_LEASE_MS: '36000' }), kinetic)).toThrow(
    'ERP_LEASE_MS 36000: a lease has to outlive the longest call of epicor-kinetic (35000 ms) by 1500 ms',
  );
});

it.each([
  ['16', undefined, 16],
  ['16', 1, 1],
  ['1', 2, 1],
])('opens no more calls than are configured (%s) and than the target takes (%p)', (configured, maxOpenCalls, expected) => {
  const taken = maxOpenCalls === undefined ? {} : { maxOpenCalls };
  expect(openCallsOf(config({ ERP_CONCURRENCY: configured }), taken)).toBe(expected);
});

it('gives a target with calls of minutes its own lease and time to held, and one call at a time', () => {
  const sl = createSlConnector(loadSlConfig({ SL_URL: 'http://none.invalid/sl', SL_COMPANY: '0060', SL_USER: 'u', SL_PASSWORD: 'p' }));
  expect(sl.longestCallMs).toBe(360_000);
  const { posting, batch } = policiesOf(config(), sl);
  expect(posting('cash-receipt')).toMatchObject({ leaseMs: 370_000, settleMs: 5_000, heldAfterMs: 365_000, canDiscard: false });
  expect(batch).toMatchObject({ leaseMs: 365_000, settleMs: 10_000, heldAfterMs: 365_000 });
  expect(openCallsOf(config(), sl)).toBe(1);
});
