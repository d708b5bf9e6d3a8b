import { ConfigurationError } from '@tributary/platform';
import { loadIngestConfig, shareOfWorker, summariseIngestConfig } from './ingest.config.js';

const endpoint = { name: 'default', secrets: ['whsec_one', 'whsec_two'], livemode: false, account: null, apiVersion: '2026-08-26.dahlia' };
const env = (endpoints: unknown, more: Record<string, string> = {}): NodeJS.ProcessEnv => ({
  KAFKA_BROKERS: '127.0.0.1:19192',
  SCHEMA_REGISTRY_URL: 'http://127.0.0.1:18181/apis/ccompat/v7',
  STRIPE_ENDPOINTS: typeof endpoints === 'string' ? endpoints : JSON.stringify(endpoints),
  ...more,
});

it('reads endpoints, with defaults', () => {
  const config = loadIngestConfig(env([endpoint, { name: 'live', secrets: ['whsec_l'], livemode: true }]));
  const secret = (text: string) => ({ secret: text, until: undefined });
  expect(config.endpoints()).toEqual([
    { ...endpoint, secrets: [secret('whsec_one'), secret('whsec_two')], otherMode: 'refuse' },
    { name: 'live', secrets: [secret('whsec_l')], livemode: true, account: null, apiVersion: null, otherMode: 'refuse' },
  ]);
  expect(config).toMatchObject({ HTTP_PORT: 4010, INGEST_BODY_LIMIT_BYTES: 1_048_576 });
});

it('names bad variables and bad endpoints in one message', () => {
  const load = (): unknown => loadIngestConfig({ ...env([{ ...endpoint, secrets: [] }]), KAFKA_BROKERS: '' });
  expect(load).toThrow(ConfigurationError);
  expect(load).toThrow(/KAFKA_BROKERS is missing/);
  expect(load).toThrow(/STRIPE_ENDPOINTS is not usable: 0\.secrets/);
});

it.each([
  ['nothing', '', /STRIPE_ENDPOINTS is missing/],
  ['no JSON', '[{"secrets":["whsec_x"', /is not JSON/],
  ['no endpoint', [], /Too small/],
  ['two of one name', [endpoint, endpoint], /two endpoints are called default/],
  ['a secret that is an API key', [{ ...endpoint, secrets: ['sk_test_1'] }], /begins with whsec_/],
  ['a misspelt field', [{ ...endpoint, secret: 'whsec_x' }], /secret/],
  ['a strange account', [{ ...endpoint, account: 'me' }], /acct_/],
])('refuses %s', (_, endpoints, message) => {
  expect(() => loadIngestConfig(env(endpoints))).toThrow(message);
  expect(() => loadIngestConfig(env(endpoints))).not.toThrow(/whsec_x|whsec_one|sk_test_1/);
});

it.each<Record<string, string>>([{ NODE_ENV: 'production' }, { TRIBUTARY_ENVIRONMENT: 'prod' }])(
  'refuses the demo secret with %p',
  (more) => {
    const demo = [{ ...endpoint, secrets: ['whsec_demo_tributary'] }];
    expect(() => loadIngestConfig(env(demo, more))).toThrow(/public secret of the demo/);
    expect(loadIngestConfig(env(demo)).endpoints()).toHaveLength(1);
  },
);

it('logs no secret', () => {
  const text = JSON.stringify(summariseIngestConfig(loadIngestConfig(env([endpoint]))));
  expect(text).not.toMatch(/whsec_/);
  expect(text).toContain('"configured":2');
});

it('shares the limits of the service among its workers, and leaves each room for the largest body', () => {
  const shared = (more: Record<string, string>): object => {
    const { HTTP_MAX_CONNECTIONS, INGEST_MAX_IN_FLIGHT_BYTES } = shareOfWorker(loadIngestConfig(env([endpoint], more)));
    return { HTTP_MAX_CONNECTIONS, INGEST_MAX_IN_FLIGHT_BYTES };
  };
  expect(shared({})).toEqual({ HTTP_MAX_CONNECTIONS: 2_000, INGEST_MAX_IN_FLIGHT_BYTES: 67_108_864 });
  expect(shared({ INGEST_WORKERS: '3' })).toEqual({ HTTP_MAX_CONNECTIONS: 667, INGEST_MAX_IN_FLIGHT_BYTES: 22_369_621 });
  expect(shared({ INGEST_WORKERS: '4', INGEST_MAX_IN_FLIGHT_BYTES: '1048576' })).toEqual({
    HTTP_MAX_CONNECTIONS: 500,
    INGEST_MAX_IN_FLIGHT_BYTES: 1_048_576,
  });
});
