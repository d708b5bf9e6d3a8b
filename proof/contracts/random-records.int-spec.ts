import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { events, recordsByTopic, topicsToMake } from '@tributary/contracts';
import type { EventDefinition } from '@tributary/contracts';
import { startStack, workspaceRoot } from '@tributary/local-stack';
import { KafkaPublisher, outgoing, TopicAdmin } from '@tributary/messaging';
import fc from 'fast-check';
import { headerPage } from './header-page.js';
import { valuesOf } from './random-values.js';
import { hasPython, readWithJava, readWithPython, readWithTypeScript } from './readers.js';
import type { ShownValue, WireRecord } from './readers.js';
import type { RoundTrip } from './report.js';
import { shownRecord } from './shown-value.js';

/**
 * Random values of every schema of the language, published by the product's own publisher and read by Kafka's Java client, Avro's Java
 * decoder and a decoder in plain Python. What they decode is compared with what was published.
 */
const valuesPerEvent = Number(process.env.CONTRACT_RECORDS ?? 200);
/** Longest time of one reader, ms: with 1,000 records of every schema each reads 84,000, on a machine that may have other work. */
const readWithinMs = 60_000 + valuesPerEvent * 840;
/** What each reader decoded to the value that was published; without the language on this machine there is none. */
const equal: Record<string, number | undefined> = { Java: 0, Python: undefined, TypeScript: 0 };
/** Values are random but the same in every run, so that a failure can be repeated. */
const seed = 20_261_128;
/** How many wrong records a failure prints. */
const shownMismatches = 3;
const targets = ['kinetic-main'];
const topicNames = [...recordsByTopic({ targets }).keys()];

const all: EventDefinition<unknown>[] = Object.values(events);
const withRecord = all.filter(({ record }) => record !== undefined);
const topicOf = (event: EventDefinition<unknown>): string => event.topic ?? `postings.${targets[0]}.v1`;

/** What was published, by event id. */
const published = new Map<string, { readonly event: EventDefinition<unknown>; readonly value: ShownValue }>();
let publisher: KafkaPublisher;
let stack: Awaited<ReturnType<typeof startStack>>;
let read: { records: WireRecord[]; lines: string[] };

beforeAll(async () => {
  stack = await startStack({ kafka: true, registry: true, own: true });
  const connection = { brokers: stack.brokers, clientId: 'contracts' };
  await TopicAdmin.ensureTopics(connection, topicsToMake({ targets }));
  const register = [join(workspaceRoot, 'tools/dist/contracts/register.js'), '--registry', stack.registryUrl];
  const registered = spawnSync(process.execPath, register, { encoding: 'utf8' });
  if (registered.status !== 0) throw new Error(`registering the schemas: ${registered.stdout}${registered.stderr}`);
  publisher = new KafkaPublisher({ ...connection, registryUrl: stack.registryUrl });
  await publisher.connect();
  for (const event of withRecord) {
    const record = event.record as string;
    const values = fc.sample(valuesOf(record), { numRuns: valuesPerEvent, seed });
    const messages = values.map((value, n) => {
      const id = `${event.type}/${n}`;
      published.set(id, { event, value: shownRecord(record, value) });
      return outgoing({ event, topic: topicOf(event), key: `\ud800${n}`, id, value, sequence: `s${n}\0\udc00` });
    });
    await publisher.publish(messages);
  }
  read = await readWithJava(stack.brokers, stack.registryUrl, topicNames);
}, 300_000);
afterAll(async () => {
  const roundTrip: RoundTrip = { schemas: withRecord.length, recordsPerSchema: valuesPerEvent, equal };
  if (process.env.CONTRACT_REPORT) writeFileSync(process.env.CONTRACT_REPORT, JSON.stringify(roundTrip));
  await publisher?.close();
  await stack?.stop();
});

const header = (record: WireRecord, name: string): string | null | undefined => record.headers.find(([each]) => each === name)?.[1];

it('reaches Java complete: every record of every event, once, and nothing that a strict reader refuses', () => {
  expect(read.records.length).toBe(withRecord.length * valuesPerEvent);
  expect(new Set(read.records.map((record) => header(record, 'ce_id')))).toEqual(new Set(published.keys()));
  expect(read.records.filter(({ problems }) => problems.length > 0)).toEqual([]);
});

it('is decoded by Java, with the schema that the registry has for it, to the value that was published', () => {
  const wrong = read.records.flatMap((record) => {
    const sent = published.get(header(record, 'ce_id') ?? '');
    const found = [record.topic, record.record, record.value];
    const expected = [sent && topicOf(sent.event), sent?.event.record, sent?.value];
    return JSON.stringify(found) === JSON.stringify(expected) ? [] : [{ found, expected }];
  });
  equal.Java = read.records.length - wrong.length;
  expect(wrong.slice(0, shownMismatches)).toEqual([]);
});

it('carries the headers that docs/topics.md promises for every message, with the content type it promises', () => {
  const { everywhere, contentTypes } = headerPage();
  expect(everywhere).toEqual(expect.arrayContaining(['ce_specversion', 'ce_id', 'ce_type', 'ce_source', 'ce_time', 'content-type']));
  const wrong = read.records.filter(
    (record) =>
      everywhere.some((name) => typeof header(record, name) !== 'string') ||
      header(record, 'content-type') !== contentTypes.other ||
      header(record, 'ce_type') !== published.get(header(record, 'ce_id') ?? '')?.event.type,
  );
  expect(wrong.slice(0, shownMismatches)).toEqual([]);
});

const onPython = hasPython ? it : it.skip;
onPython(
  'is decoded by Python (skipped where there is no python3) to the value that was published',
  async () => {
    const decoded = await readWithPython(stack.registryUrl, read.lines);
    expect(decoded).toHaveLength(read.records.length);
    const wrong = decoded.flatMap(({ problems, value, topic, partition, offset }, n) => {
      const record = read.records[n] as WireRecord;
      const found = [problems, topic, partition, offset, value];
      const expected = [[], record.topic, record.partition, record.offset, published.get(header(record, 'ce_id') ?? '')?.value];
      return JSON.stringify(found) === JSON.stringify(expected) ? [] : [{ found, expected }];
    });
    equal.Python = decoded.length - wrong.length;
    expect(wrong.slice(0, shownMismatches)).toEqual([]);
  },
  readWithinMs,
);

describe('a consumer in TypeScript, with kafkajs and avsc alone', () => {
  // By hand: the integer of minor units, and what a ledger writes for it.
  const amounts = [
    { minor: 126_400n, currency: 'JPY', text: '126400 JPY' },
    { minor: 126_400n, currency: 'EUR', text: '1264.00 EUR' },
    { minor: 126_400n, currency: 'BHD', text: '126.400 BHD' },
    { minor: -5n, currency: 'USD', text: '-0.05 USD' },
    { minor: 9_223_372_036_854_775_807n, currency: 'USD', text: '92233720368547758.07 USD' },
  ];

  it(
    'reads every message once, to the value that was published, and amounts with the decimals of their currency',
    async () => {
      const { paymentReceived: event } = events;
      const [value] = fc.sample(valuesOf(event.record as string), { numRuns: 1, seed }) as object[];
      const payments = amounts.map((amount, n) => ({
        id: `amount/${n}`,
        value: { ...value, amount: { minor: amount.minor, currency: amount.currency } },
      }));
      for (const { id, value: sent } of payments) published.set(id, { event, value: shownRecord(event.record as string, sent) });
      const messages = payments.map(
        ({ id, value: sent }) => outgoing({ event, topic: topicOf(event), key: 'cus_1', id, value: sent, sequence: 'cus_1' }) as never,
      );
      await publisher.publish(messages);
      await publisher.publish(messages); // delivery is at least once

      const found = await readWithTypeScript(stack.brokers, stack.registryUrl, topicNames);
      expect(found.filter(({ problems }) => problems.length > 0)).toEqual([]);
      expect(found).toHaveLength(published.size);
      const wrong = found.flatMap((record) => {
        const sent = published.get(header(record, 'ce_id') ?? '');
        const [seen, expected] = [
          [record.topic, record.record, record.value],
          [sent && topicOf(sent.event), sent?.event.record, sent?.value],
        ];
        return JSON.stringify(seen) === JSON.stringify(expected) ? [] : [{ seen, expected }];
      });
      equal.TypeScript = found.length - wrong.length - amounts.length;
      expect(wrong.slice(0, shownMismatches)).toEqual([]);
      const written = amounts.map(
        (_, n) =>
          found.find((record) => header(record, 'ce_id') === `amount/${n}`)?.amounts?.find(({ path }) => path === 'amount.minor')?.text,
      );
      expect(written).toEqual(amounts.map(({ text }) => text));
    },
    readWithinMs,
  );
});
