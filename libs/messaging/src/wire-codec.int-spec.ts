import { events, schemaOf } from '@tributary/contracts';
import { startStack, uniqueName } from '@tributary/local-stack';
import { PoisonMessageError, RegistryUnavailableError, SchemaNotRegisteredError } from './errors.js';
import { RegistrySchemaIds } from './schema-ids.js';
import { WireCodec } from './wire-codec.js';

const routed = {
  sourceEventId: 'evt_1',
  canonicalEventId: 'fact_1',
  canonicalType: 'x',
  postings: [],
  ignoredReason: null,
  ignoredText: null,
};
const record = 'tributary.pipeline.EventRouted';
let stack: Awaited<ReturnType<typeof startStack>>;

beforeAll(async () => {
  stack = await startStack({ kafka: true, registry: true });
}, 120_000);
afterAll(async () => {
  await stack?.stop();
});

async function register(topic: string): Promise<number> {
  const response = await fetch(`${stack.registryUrl}/subjects/${topic}-${record}/versions`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
    body: JSON.stringify({ schema: JSON.stringify(schemaOf(record)) }),
  });
  expect(response.status).toBe(200);
  return ((await response.json()) as { id: number }).id;
}

it('writes Confluent wire format with the id under which the schema is registered, and reads it back', async () => {
  const topic = uniqueName('topic');
  const id = await register(topic);
  const codec = new WireCodec(new RegistrySchemaIds(stack.registryUrl));
  const bytes = (await codec.encode(topic, events.eventRouted, routed)) as Buffer;
  expect([bytes.readUInt8(0), bytes.readUInt32BE(1)]).toEqual([0, id]);
  expect({ ...((await codec.decode(events.eventRouted, bytes)) as object) }).toEqual(routed);
});

it('registers nothing: a subject the registry does not know is a clear error that says what to run, and works once it is registered', async () => {
  const topic = uniqueName('topic');
  const codec = new WireCodec(new RegistrySchemaIds(stack.registryUrl));
  const attempt = (): Promise<unknown> => codec.encode(topic, events.eventRouted, routed);
  await expect(attempt()).rejects.toThrow(SchemaNotRegisteredError);
  await expect(attempt()).rejects.toThrow(`looking up the schema of ${topic}-${record}`);
  await expect(attempt()).rejects.toThrow('npm run contracts:register');
  await register(topic);
  expect(await attempt()).toBeInstanceOf(Buffer);
});

it('calls bytes poison whose schema id the registry does not know', async () => {
  const codec = new WireCodec(new RegistrySchemaIds(stack.registryUrl));
  await expect(codec.decode(events.eventRouted, Buffer.from([0, 0x7f, 0xff, 0xff, 0xf0, 1]))).rejects.toThrow(PoisonMessageError);
});

it('waits for a registry that is away instead of blaming the message', async () => {
  const codec = new WireCodec(new RegistrySchemaIds('http://127.0.0.1:1/apis/ccompat/v7'));
  const failure = codec.encode('topic', events.eventRouted, routed);
  await expect(failure).rejects.toThrow(RegistryUnavailableError);
  await expect(failure).rejects.toMatchObject({ disposition: 'pause' });
}, 60_000);
