import { recordsByTopic, topics } from '@tributary/contracts';
import { eventBodies } from '../walk/bodies.js';
import { expectedEnds } from '../walk/expected.js';
import { WalkSystem } from '../walk/walk-system.js';
import { headerPage } from './header-page.js';
import { hasPython, readWithJava, readWithPython, readWithTypeScript } from './readers.js';
import type { WireRecord } from './readers.js';

/**
 * A day of recorded webhooks through the whole product, and then every topic of the language read as a data team reads it: with Kafka's
 * Java client, the registry's schemas and a strict decoder.
 */
const targets = ['kinetic-main', 'stripe-main'];
const avroTopics = [...recordsByTopic({ targets }).keys()];
const bodies = eventBodies();
let system: WalkSystem;
let read: { records: WireRecord[]; lines: string[] };

beforeAll(async () => {
  system = await WalkSystem.start('contracts');
  for (const body of bodies) await system.deliverUntilAccepted(body);
  await system.quiet(bodies.length);
  read = await readWithJava(system.wire.brokers, system.wire.registryUrl, [topics.stripeEvents, ...avroTopics]);
}, 400_000);
afterAll(() => system?.stop(), 120_000);

const header = (record: WireRecord, name: string): string | null | undefined => record.headers.find(([each]) => each === name)?.[1];
const ofTopic = (name: string): WireRecord[] => read.records.filter(({ topic }) => topic === name);

it('has every delivery as a raw fact, and what was made of each of them', () => {
  const delivered = new Set(bodies.map(({ eventId }) => eventId));
  const rawFacts = new Set(ofTopic(topics.stripeEvents).map((record) => header(record, 'ce_id')));
  expect([...delivered].filter((id) => !rawFacts.has(id))).toEqual([]);
  const translated = new Set(
    ofTopic(topics.pipeline)
      .filter((record) => header(record, 'ce_type') === 'pipeline.event-translated')
      .map((record) => header(record, 'tributary_source_event')),
  );
  // What could not be translated is a dead letter, and only that.
  const refused = bodies.filter(({ file }) => expectedEnds[file] === 'deadLettered').map(({ eventId }) => eventId);
  expect([...rawFacts].filter((id) => !translated.has(id ?? ''))).toEqual(refused);
  for (const name of [topics.party, topics.ar, topics.erp, topics.postings('kinetic-main'), topics.postings('stripe-main')])
    expect([name, ofTopic(name).length > 0]).toEqual([name, true]);
});

it('has nothing that a strict reader in Java refuses: UTF-8 in every text, exactly one Avro record in every value', () => {
  expect(read.records.filter(({ problems }) => problems.length > 0)).toEqual([]);
  const undecoded = read.records.filter(({ topic, record }) => topic !== topics.stripeEvents && record === undefined);
  expect(undecoded).toEqual([]);
});

it('has in each topic only records that the catalogue puts there', () => {
  const catalogue = recordsByTopic({ targets });
  const strangers = read.records.filter(({ topic, record }) => record !== undefined && !catalogue.get(topic)?.includes(record));
  expect(strangers).toEqual([]);
});

it('carries the headers and the content types that docs/topics.md promises', () => {
  const { everywhere, contentTypes } = headerPage();
  for (const record of read.records) {
    for (const name of everywhere) expect([record.topic, name, header(record, name)]).toEqual([record.topic, name, expect.any(String)]);
    const isRaw = record.topic === topics.stripeEvents;
    expect([record.topic, header(record, 'content-type')]).toEqual([record.topic, isRaw ? contentTypes.raw : contentTypes.other]);
  }
});

const onPython = hasPython ? it : it.skip;
onPython('is decoded by Python (skipped where there is no python3) to what Java decodes', async () => {
  const decoded = await readWithPython(system.wire.registryUrl, read.lines);
  const byJava = read.records.filter(({ record }) => record !== undefined);
  expect(decoded.map(({ topic, partition, offset, value, problems }) => ({ topic, partition, offset, value, problems }))).toEqual(
    byJava.map(({ topic, partition, offset, value }) => ({ topic, partition, offset, value, problems: [] })),
  );
});

it('is decoded by TypeScript to what Java decodes, each message once', async () => {
  const found = await readWithTypeScript(system.wire.brokers, system.wire.registryUrl, avroTopics);
  const placeOf = ({ topic, partition, offset }: WireRecord): string => `${topic}/${partition}/${offset}`;
  const byJava = new Map(read.records.map((record) => [placeOf(record), record]));
  expect(found.map((record) => [placeOf(record), record.record, record.value])).toEqual(
    found.map((record) => [placeOf(record), byJava.get(placeOf(record))?.record, byJava.get(placeOf(record))?.value]),
  );
  const ids = (records: readonly WireRecord[]): Set<string> =>
    new Set(records.map((record) => `${record.topic} ${header(record, 'ce_id')}`));
  expect(ids(found)).toEqual(ids(read.records.filter(({ topic }) => avroTopics.includes(topic))));
  expect(found).toHaveLength(ids(found).size);
}, 120_000);
