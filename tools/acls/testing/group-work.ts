import { events, headers, ladderRungs, topics } from '@tributary/contracts';
import type { ConsumerGroup } from '@tributary/contracts';
import { PipelineError } from '@tributary/domain';
import { InMemoryParkingLot, InMemorySchemaIds, KafkaPublisher, KafkaTransport, spansOf, WireCodec } from '@tributary/messaging';
import type { KafkaConnection, RawRecord } from '@tributary/messaging';

const withinMs = 60_000;
const deadlineMs = 20_000;
const codec = new WireCodec(new InMemorySchemaIds());

class NotNowError extends PipelineError {
  readonly code = 'test.not-now';
  readonly disposition = 'retry';
}

/** A message of this topic that says who it is. */
function messageIn(topic: string): RawRecord {
  const text = { [headers.id]: `evt in ${topic}`, [headers.type]: events.stripeEventReceived.type, [headers.sequence]: 'cus_1' };
  return { topic, key: Buffer.from('cus_1'), value: Buffer.from('{}'), headers: text };
}

/** A message into each of these topics, with an idempotent producer. */
export async function writeTo(connection: KafkaConnection, names: readonly string[]): Promise<void> {
  const publisher = new KafkaPublisher({ ...connection, codec });
  await publisher.connect();
  try {
    await publisher.publishRaw(names.map(messageIn), { deadlineMs });
  } finally {
    await publisher.close();
  }
}

/**
 * Joins a group and fails every message of its topics, until each is a dead letter: on the way it was read from its topic and written to
 * and read from every delay topic.
 * @param alsoRead topics that nothing fails in. @param seen by somebody who may read dead letters.
 */
export async function failEverything(
  connection: KafkaConnection,
  group: ConsumerGroup,
  seen: KafkaConnection,
  alsoRead: readonly string[] = [],
): Promise<void> {
  const publisher = new KafkaPublisher({ ...connection, codec });
  await publisher.connect();
  const rungs = Object.keys(ladderRungs).map((name) => ({ name, delayMs: 50 }));
  const policy = { rungs, maxAttempts: rungs.length + 1, maxAgeMs: withinMs };
  const transport = new KafkaTransport({
    ...connection,
    codec,
    publisher,
    groupId: group.name,
    topics: [...group.topics, ...alsoRead],
    policy: { delaysMs: [], maxAttempts: 1, maxAgeMs: withinMs, pauseDelaysMs: [50] },
    ...(group.ladder ? { ladder: { lot: new InMemoryParkingLot(), policy } } : {}),
  });
  const fail = (_value: unknown, { topic }: { readonly topic: string }): Promise<void> =>
    alsoRead.includes(topic) ? Promise.resolve() : Promise.reject(new NotNowError('not now'));
  transport.addHandler(events.stripeEventReceived.type, fail as never, true);
  transport.listen(() => undefined);
  const letters = group.topics.map((topic) => topics.deadLetters(topic, group.name));
  const before = await endsOf(seen, letters);
  try {
    await until(`group ${group.name} has a dead letter of each of its topics`, async () => {
      const now = await endsOf(seen, letters);
      return letters.every((name) => (now.get(name) ?? 0n) > (before.get(name) ?? 0n));
    });
  } finally {
    await transport.close();
    await publisher.close();
  }
}

/** Offsets behind the last record, added up over the partitions of each topic. */
async function endsOf(connection: KafkaConnection, names: readonly string[]): Promise<Map<string, bigint>> {
  const ends = new Map<string, bigint>();
  for (const { topic, to } of await spansOf(connection, names)) ends.set(topic, (ends.get(topic) ?? 0n) + to);
  return ends;
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + withinMs; !(await isSo());) {
    if (Date.now() > end) throw new Error(`waited ${withinMs} ms and it is not so: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
