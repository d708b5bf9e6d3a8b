import { events, headers as names, topics } from '@tributary/contracts';
import { FactSeals } from '@tributary/platform';
import { defaultLadderPolicy } from '@tributary/posting';
import { headersOf } from '../envelope.js';
import { InMemoryBroker } from '../in-memory/in-memory-broker.js';
import { InMemoryTransport } from '../in-memory/in-memory-transport.js';
import { InMemoryParkingLot } from '../ladder/in-memory-parking-lot.js';
import type { RawRecord } from '../message.js';
import { PipelineError } from '@tributary/domain';

const group = 'g';
const topic = topics.stripeEvents;
const keys = (['ingest', 'transform', 'erp-sink', 'recon'] as const)
  .map((name, index) => `${name}=${Buffer.alloc(32, index + 1).toString('base64')}`)
  .join();
const sealsOf = (service: 'ingest' | 'transform' | 'recon'): FactSeals =>
  new FactSeals({ service, keys: () => keys, warn: () => undefined });
const ingest = sealsOf('ingest');

class NotNow extends PipelineError {
  readonly code = 'test.not-now';
  readonly disposition = 'reject';
}

/** A raw fact as ingest writes it, or a stranger who has no key. */
function fact(id: string, sealedBy: FactSeals | undefined, value = `{"id":"${id}"}`): Omit<RawRecord, 'topic'> {
  const message = { event: events.stripeEventReceived, key: 'cus_1', id, value: Buffer.from(value), sequence: 'pi_1' };
  const headers = headersOf(message, 'tributary/ingest', 0);
  if (sealedBy) headers[names.seal] = sealedBy.seal({ key: 'cus_1', value: message.value, headers });
  return { key: Buffer.from('cus_1'), value: message.value, headers };
}

function transport(options: { ladder?: boolean; failing?: Set<string> } = {}) {
  const broker = new InMemoryBroker(1);
  const handled: string[] = [];
  const made = new InMemoryTransport({
    broker,
    groupId: group,
    topics: [topic],
    seals: sealsOf('transform'),
    ...(options.ladder === false ? {} : { ladder: { lot: new InMemoryParkingLot(), policy: { ...defaultLadderPolicy, rungs: [] } } }),
  });
  made.addHandler(
    events.stripeEventReceived.type,
    async (_: unknown, context?: { eventId: string }) => {
      if (options.failing?.has(context?.eventId ?? '')) throw new NotNow(`refusing ${context?.eventId ?? ''}`);
      handled.push(context?.eventId ?? '');
    },
    true,
  );
  made.listen(() => undefined);
  const letters = (): (string | undefined)[] =>
    broker.read(topics.deadLetters(topic, group)).map(({ headers }) => `${String(headers[names.id])} ${String(headers[names.errorCode])}`);
  return { broker, handled, letters, close: () => made.close(), idle: () => made.idle() };
}

it.each([true, false])('dead-letters what no service made, and it blocks no sequence (ladder: %s)', async (ladder) => {
  const { broker, handled, letters, idle, close } = transport({ ladder });
  broker.append(topic, fact('evt_stranger', undefined));
  broker.append(topic, { ...fact('evt_changed', ingest), value: Buffer.from('{"amount":1}') });
  broker.append(topic, fact('evt_other-service', sealsOf('transform')));
  broker.append(topic, fact('evt_ours', ingest));
  await idle();
  expect(handled).toEqual(['evt_ours']);
  expect(letters()).toEqual(['evt_stranger fact.seal-missing', 'evt_changed fact.seal-wrong', 'evt_other-service fact.seal-wrong']);
  await close();
});

it('keeps the seal through a dead letter and a replay that recon ordered; a replay that it did not order is refused', async () => {
  const failing = new Set(['evt_1']);
  const { broker, handled, letters, idle, close } = transport({ failing });
  broker.append(topic, fact('evt_1', ingest));
  broker.append(topic, fact('evt_2', ingest));
  await idle();
  expect([handled, letters()]).toEqual([[], ['evt_1 test.not-now']]); // evt_2 waits behind it

  failing.clear();
  const [letter] = broker.read(topics.deadLetters(topic, group));
  const headers = Object.fromEntries(Object.entries(letter?.headers ?? {}).map(([name, value]) => [name, String(value)]));
  const ordered = { ...headers, [names.order]: 'o1', [names.orderAction]: 'skip', [names.orderReason]: 'r' };
  const replay = (more: Record<string, string>, value = letter?.value ?? null): void =>
    void broker.append(topics.replay(topic, group), { key: Buffer.from('cus_1'), value, headers: { ...ordered, ...more }, partition: 0 });
  replay({});
  replay({ [names.orderSeal]: ingest.sealOrder({ key: 'cus_1', value: letter?.value ?? null, headers: ordered }) });
  await idle();
  expect(handled).toEqual([]);
  expect(letters().slice(1)).toEqual(['evt_1 fact.seal-missing', 'evt_1 fact.seal-wrong']);

  const replayed = { ...ordered, [names.orderAction]: 'replay' };
  replay({ ...replayed, [names.orderSeal]: sealsOf('recon').sealOrder({ key: 'cus_1', value: letter?.value ?? null, headers: replayed }) });
  await idle();
  await idle();
  expect(handled).toEqual(['evt_1', 'evt_2']);
  await close();
});

it('takes an edited letter under the key of recon, and ends one that a person skips, whoever made it', async () => {
  const { broker, handled, letters, idle, close } = transport();
  const recon = sealsOf('recon');
  const edited = fact('evt_3', recon, '{"id":"evt_3","edited":true}');
  broker.append(topic, edited);
  broker.append(topic, fact('evt_stranger', undefined));
  await idle();
  const headers = { ...(fact('evt_stranger', undefined).headers as Record<string, string>) };
  const order = {
    ...headers,
    [names.order]: 'o2',
    [names.orderAction]: 'skip',
    [names.orderReason]: 'a stranger wrote it',
    [names.originalTopic]: topic,
    [names.originalPartition]: '0',
    [names.originalOffset]: '1',
    [names.consumerGroup]: group,
  };
  const value = Buffer.from('{"id":"evt_stranger"}');
  const orderSeal = recon.sealOrder({ key: 'cus_1', value, headers: order });
  broker.append(topics.replay(topic, group), {
    key: Buffer.from('cus_1'),
    value,
    headers: { ...order, [names.orderSeal]: orderSeal },
    partition: 0,
  });
  await idle();
  await idle();
  expect(handled).toEqual(['evt_3']);
  expect(letters()).toEqual(['evt_stranger fact.seal-missing']);
  expect(broker.read(topics.pipeline).map(({ headers: { [names.type]: type } }) => String(type))).toContain(events.deadLetterClosed.type);
  await close();
});
