import { createKineticConnector, loadKineticConfig } from '@tributary/connector-epicor-kinetic';
import { loadErpSinkConfig } from './erp-sink.config.js';
import { policiesOf } from './policies.js';

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

// The numbers that libs/posting/src/held-in-time.spec.ts shows to be within 60 s. Who changes one of them changes the other.
it('has the numbers for Kinetic as shipped that hold a posting in time', () => {
  expect(kinetic.longestCallMs).toBe(35_000);
  expect(policiesOf(config(), kinetic).posting('cash-receipt')).toEqual({
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
