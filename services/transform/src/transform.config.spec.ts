import { loadTransformConfig, settlementPolicyOf } from './transform.config.js';

const environment = {
  KAFKA_BROKERS: 'k:9092',
  SCHEMA_REGISTRY_URL: 'http://r',
  DATABASE_URL: 'postgres://u:p@db/t',
  TRIBUTARY_ASSETS_DIR: 'assets',
};
const policyOf = (env: Record<string, string>): unknown => settlementPolicyOf(loadTransformConfig({ ...environment, ...env }));

it('reads the currencies that the Stripe account keeps in themselves', () => {
  const key = { STRIPE_API_KEY: 'sk_test_1' };
  expect(policyOf({ ...key, STRIPE_SETTLEMENT_CURRENCIES: 'USD, EUR' })).toEqual({
    currencies: new Set(['USD', 'EUR']),
    waitMs: 3_600_000,
  });
  expect(policyOf(key)).toEqual({ currencies: new Set(), waitMs: 3_600_000 });
  expect(policyOf({ ...key, STRIPE_SETTLEMENT_CURRENCIES: '*', STRIPE_SETTLEMENT_WAIT_MS: '10000' })).toEqual({
    currencies: 'all',
    waitMs: 10_000,
  });
});

it('waits for nothing when nobody can be asked', () => {
  expect(policyOf({ STRIPE_SETTLEMENT_CURRENCIES: 'USD' })).toEqual({ currencies: new Set(['USD']), waitMs: 0 });
});

it('refuses to start when neither a key nor a declaration says what a charge settles in', () => {
  expect(() => policyOf({})).toThrow(
    'STRIPE_SETTLEMENT_CURRENCIES: without STRIPE_API_KEY nothing can tell in which currency a charge settles',
  );
  expect(() => policyOf({ STRIPE_SETTLEMENT_CURRENCIES: 'usd' })).toThrow('expected currency codes of three capital letters');
});
