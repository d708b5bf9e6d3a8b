import { events } from './events.js';
import type { EventDefinition } from './events.js';
import { namedTypes } from './generated/schemas.js';
import { headerCatalogue } from './header-catalogue.js';
import { headers } from './headers.js';
import { recordsByTopic, topicCatalogue } from './topic-catalogue.js';
import { topics } from './topics.js';

const all: EventDefinition<unknown>[] = Object.values(events);
const targets = ['kinetic-main', 'stripe-main'];

it('gives every event a type of its own', () => {
  expect(new Set(all.map((event) => event.type)).size).toBe(all.length);
});

it.each(all.map((event) => [event.type, event.record] as const))('has a record for %s', (_type, record) => {
  if (record !== undefined) expect(namedTypes).toHaveProperty([record]);
});

it('uses every record: as an event, or inside another', () => {
  const text = JSON.stringify(namedTypes);
  const used = new Set(all.map((event) => event.record));
  expect(Object.keys(namedTypes).filter((name) => !used.has(name) && !text.includes(`"${name}"`))).toEqual([]);
});

it('puts every event into a topic of the catalogue, and the requests into one topic per target', () => {
  const byTopic = recordsByTopic({ targets });
  expect(byTopic.get('postings.kinetic-main.v1')).toEqual(['tributary.postings.PostingRequested']);
  expect(byTopic.get('postings.stripe-main.v1')).toEqual(['tributary.postings.PostingRequested']);
  expect(byTopic.get(topics.ar)).toContain('tributary.ar.PaymentReceived');
  expect(byTopic.has(topics.stripeEvents)).toBe(false);
  const names = topicCatalogue({ targets }).map((topic) => topic.name);
  expect(new Set(names).size).toBe(names.length);
  expect(all.filter((event) => event.topic !== undefined && !names.includes(event.topic))).toEqual([]);
});

it('compacts what is looked up by key and keeps raw facts longer than Stripe does', () => {
  const byName = new Map(topicCatalogue({ targets }).map((topic) => [topic.name, topic]));
  for (const name of [topics.xrefCustomer, topics.xrefItem, topics.xrefDocument, topics.assets, topics.checkpoints]) {
    expect(byName.get(name)).toMatchObject({ cleanupPolicy: 'compact', retentionMs: -1 });
  }
  // docs/reference/stripe.md section 5: events are kept for 30 days; ids have to be known for 35.
  expect(byName.get(topics.stripeEvents)?.retentionMs).toBeGreaterThanOrEqual(35 * 86_400_000);
});

it('says something about every header', () => {
  expect(Object.keys(headerCatalogue)).toEqual(Object.keys(headers));
});
