import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PostingRequested } from '@tributary/contracts';
import { events, headers, topics } from '@tributary/contracts';
import { readSpans, RegistrySchemaIds, spansOf, WireCodec } from '@tributary/messaging';
import { Child, freePorts, startStack, workspaceRoot } from '@tributary/local-stack';
import type { DryRun } from './decide/dry-run.js';
import type { LetterView } from '@tributary/contracts';
import { DeadLetterSystem, eventually } from '../testing/dead-letter-system.js';
import { target } from '../testing/requests.js';

const group = 'tributary-translate';
const body = readFileSync(join(workspaceRoot, 'proof/fixtures/stripe/events/charge.succeeded.json'));
const sourceEvent = 'evt_3TMLcqcFxA9Kd7NwTmKBaOyht';
const aboutEvent = {
  [headers.id]: sourceEvent,
  [headers.type]: events.stripeEventReceived.type,
  [headers.sequence]: 'pi_raw',
  [headers.sourceEvent]: sourceEvent,
};

it('shows what a raw event would post, by the transform that runs, and that is what it then asks for', async () => {
  const [port = 0] = await freePorts(1);
  const system = await DeadLetterSystem.start({ startStack, freePorts, Child, workspaceRoot });
  let transform: Child | undefined;
  try {
    await system.startRecon({ TRANSFORM_URL: `http://127.0.0.1:${port}` });
    await system.publisher.publishRaw([
      {
        topic: topics.deadLetters(topics.stripeEvents, group),
        key: Buffer.from('cus_raw'),
        value: body,
        headers: {
          ...aboutEvent,
          [headers.errorCode]: 'mapping.currency-unmapped',
          [headers.errorText]: 'no bank account for USD',
          [headers.originalTopic]: topics.stripeEvents,
          [headers.originalPartition]: '0',
          [headers.originalOffset]: '7',
          [headers.consumerGroup]: group,
          [headers.attempts]: '1',
          [headers.firstFailureAt]: '2026-11-21T06:00:00.000Z',
          [headers.lastFailureAt]: '2026-11-21T06:00:00.000Z',
        },
      },
    ]);
    const [letter] = await eventually(
      async () => (await system.call<{ deadLetters: LetterView[] }>('GET', '/dead-letters?sequence=pi_raw')).body.deadLetters,
      (letters) => letters.length === 1,
      60_000,
    );
    const dryRun = (value?: unknown) =>
      system.call<DryRun & { error?: string }>('POST', `/dead-letters/${letter?.id ?? ''}/dry-run`, value === undefined ? {} : { value });
    // No transform is running.
    expect(await dryRun()).toMatchObject({ status: 503, body: { error: 'dry-run.transform-silent' } });

    transform = await Child.start({
      name: 'transform',
      command: process.execPath,
      args: [join(workspaceRoot, 'services/transform/dist/main.js')],
      cwd: workspaceRoot,
      env: {
        PATH: process.env.PATH,
        KAFKA_BROKERS: system.stack.brokers.join(','),
        SCHEMA_REGISTRY_URL: system.stack.registryUrl,
        DATABASE_URL: system.stack.databaseUrl,
        TRIBUTARY_ASSETS_DIR: join(workspaceRoot, 'assets'),
        STRIPE_SETTLEMENT_CURRENCIES: '*',
        HTTP_HOST: '127.0.0.1',
        HTTP_PORT: String(port),
      },
      logFile: join(mkdtempSync(join(tmpdir(), 'raw-dry-run-')), 'transform.log'),
    });
    const ready = (): Promise<boolean> =>
      fetch(`http://127.0.0.1:${port}/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
    await transform.readyWhen(ready, 60_000);
    const dry = await dryRun();
    expect(dry.body).toMatchObject({ facts: ['ar.payment-received'], ignoredReason: null, problem: null });
    expect(dry.body.postings.every(({ calls, problem }) => calls.length === 1 && problem === null)).toBe(true);

    // An edited event is translated with its edits.
    const event = JSON.parse(body.toString()) as { data: { object: { amount: number; amount_captured: number } } };
    const { object } = event.data;
    const edited = { ...event, data: { ...event.data, object: { ...object, amount: 5, amount_captured: 5 } } };
    const receiptOf = (run: DryRun) => run.postings.find(({ kind }) => kind === 'cash-receipt')?.calls[0]?.body;
    expect(receiptOf(dry.body)).toContain('294.29');
    expect(receiptOf((await dryRun(edited)).body)).toContain('0.05');

    await system.publisher.publishRaw([{ topic: topics.stripeEvents, key: Buffer.from('cus_raw'), value: body, headers: aboutEvent }]);
    const asked = await eventually(
      () => postingsIn(system),
      (requests) => requests.length >= dry.body.postings.length,
      60_000,
    );
    expect(dry.body.postings.map(({ postingKey, mappingVersion }) => ({ postingKey, mappingVersion }))).toEqual(
      asked.map(({ postingKey, mappingVersion }) => ({ postingKey, mappingVersion })),
    );
  } finally {
    await transform?.kill9().catch(() => undefined);
    await system.stop();
  }
}, 240_000);

/** Posting requests on the topic, in the order of their partition. */
async function postingsIn({ stack }: DeadLetterSystem): Promise<PostingRequested[]> {
  const connection = { brokers: stack.brokers, clientId: 'raw-dry-run' };
  const codec = new WireCodec(new RegistrySchemaIds(stack.registryUrl));
  const found: PostingRequested[] = [];
  await readSpans({
    ...connection,
    spans: await spansOf(connection, [topics.postings(target)]),
    onBatch: async (_topic, _partition, messages) => {
      for (const { value } of messages) found.push((await codec.decode(events.postingRequested, value)) as PostingRequested);
    },
  });
  return found;
}
