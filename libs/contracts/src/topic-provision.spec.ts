import { topicsToMake } from './topic-provision.js';

const made = topicsToMake({ targets: ['kinetic-main'] });
const named = (name: string): (typeof made)[number] | undefined => made.find((topic) => topic.name === name);

it('asks for every topic once', () => {
  expect(new Set(made.map(({ name }) => name)).size).toBe(made.length);
});

it('compacts cross-references and keeps raw facts longer than Stripe keeps events', () => {
  expect(named('xref.customer.v1')?.config).toMatchObject({ 'cleanup.policy': 'compact', 'retention.ms': '-1' });
  expect(Number(named('stripe.events.v1')?.config['retention.ms'])).toBeGreaterThan(35 * 24 * 60 * 60 * 1000);
});

it.each([
  'stripe.events.v1.tributary-translate.dlq',
  'party.v1.tributary-route.dlq',
  'ar.v1.tributary-route.dlq',
  'billing.v1.tributary-route.dlq',
  'treasury.v1.tributary-route.dlq',
  'risk.v1.tributary-route.dlq',
  'postings.kinetic-main.v1.tributary-sink-kinetic-main.dlq',
])('has a place for dead letters: %s', (name) => {
  expect(named(name)).toBeDefined();
});

it('takes a dead letter that is as large as the largest record, with its headers', () => {
  const largest = Math.max(
    ...made.filter(({ name }) => !/\.(dlq|replay|retry\.\w+)$/.test(name)).map(({ config }) => Number(config['max.message.bytes'])),
  );
  expect(Number(named('ar.v1.tributary-route.dlq')?.config['max.message.bytes'])).toBeGreaterThan(largest);
});

it.each(['retry.5s', 'retry.1m', 'retry.10m', 'retry.1h', 'retry.6h', 'replay'])(
  'has %s for groups with a ladder, with the partitions of the topic it belongs to',
  (suffix) => {
    expect(named(`ar.v1.tributary-route.${suffix}`)?.partitions).toBe(named('ar.v1')?.partitions);
    expect(named(`ar.v1.tributary-recon.${suffix}`)).toBeUndefined();
  },
);
