/**
 * Reads topics from their beginning to their present end with kafkajs and avsc: what a data team's consumer does, with no code of this
 * project. One line of JSON per message on stdout, each message once: a repeated `ce_id` is left out.
 *
 * Longs may be larger than a JavaScript number can hold, so they are read as bigint and written as decimal text; maps are written as sorted
 * pairs and records as lists of their fields, as the readers in Java and Python write them. Amounts also stand in `amounts`, with the decimals of
 * their currency.
 *
 * Usage: node topic-reader.ts BROKERS REGISTRY_URL DECIMALS_CSV TOPIC...
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import avro from 'avsc';
import kafkajs from 'kafkajs';
import type { IHeaders, KafkaMessage } from 'kafkajs';

interface Field {
  readonly name: string;
  readonly type: Schema;
}
interface RecordSchema {
  readonly type: 'record';
  readonly namespace?: string;
  readonly name: string;
  readonly fields: readonly Field[];
}
type Schema =
  | string
  | readonly Schema[]
  | RecordSchema
  | { readonly type: 'array'; readonly items: Schema }
  | { readonly type: 'map'; readonly values: Schema }
  | { readonly type: 'long'; readonly logicalType?: string };
type Fields = Readonly<Record<string, unknown>>;
type Shown = null | boolean | string | readonly Shown[];

/** Confluent wire format: a zero byte and the id of the schema, then one Avro record. */
const prefixBytes = 5;
const registryWithinMs = 10_000;
/** The brokers gave nothing for this long, ms. */
const stalledAfterMs = 60_000;

/** A long as bigint: amounts go up to 2^63 - 1. */
const exactLong = avro.types.LongType.__with({
  fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(value);
    return bytes;
  },
  fromJSON: (value: number) => BigInt(value),
  toJSON: (value: bigint) => Number(value),
  isValid: (value: unknown) => typeof value === 'bigint',
  compare: (one: bigint, other: bigint) => (one === other ? 0 : one < other ? -1 : 1),
});

// --- amounts -------------------------------------------------------------------------------------------------------------------------

/** Currency -> how many digits of the integer stand behind the point; `*` is for every currency without a row. */
function readDecimals(file: string): ReadonlyMap<string, number> {
  const rows = readFileSync(file, 'utf8').trim().split('\n').slice(1);
  return new Map(rows.map((row) => row.split(',')).map(([currency = '', decimals]) => [currency, Number(decimals)]));
}

/** `126400` and `JPY` is `126400`, with `EUR` it is `1264.00`. Never divides: a floating-point number cannot hold every amount. */
function amountText(minor: bigint, currency: string, decimals: ReadonlyMap<string, number>): string {
  const behind = decimals.get(currency) ?? decimals.get('*') ?? 2;
  const digits = (minor < 0n ? -minor : minor).toString().padStart(behind + 1, '0');
  const text = behind === 0 ? digits : `${digits.slice(0, -behind)}.${digits.slice(-behind)}`;
  return `${minor < 0n ? '-' : ''}${text} ${currency}`;
}

// --- schemas -------------------------------------------------------------------------------------------------------------------------

interface KnownSchema {
  readonly schema: RecordSchema;
  readonly type: avro.Type;
  readonly named: ReadonlyMap<string, RecordSchema>;
}

/** Every record of a schema by its full name: it is written out where it is used first, and only named after that. */
function namedIn(schema: Schema, into: Map<string, RecordSchema>): ReadonlyMap<string, RecordSchema> {
  if (isUnion(schema)) for (const branch of schema) namedIn(branch, into);
  else if (typeof schema === 'string') return into;
  else if (schema.type === 'array') namedIn(schema.items, into);
  else if (schema.type === 'map') namedIn(schema.values, into);
  else if (schema.type === 'record') {
    into.set(`${schema.namespace}.${schema.name}`, schema);
    for (const { type } of schema.fields) namedIn(type, into);
  }
  return into;
}

class Registry {
  private readonly known = new Map<number, KnownSchema>();
  private readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  /** The schema under an id. An id never changes its meaning, so it is asked for once. */
  async of(id: number): Promise<KnownSchema> {
    const before = this.known.get(id);
    if (before) return before;
    const response = await fetch(`${this.url}/schemas/ids/${id}`, { signal: AbortSignal.timeout(registryWithinMs) });
    if (!response.ok) throw new Error(`schema ${id}: the registry answered ${response.status}`);
    const schema = JSON.parse(((await response.json()) as { schema: string }).schema) as RecordSchema;
    const isLong = (part: unknown): boolean => part === 'long' || (Object(part) as { type?: unknown }).type === 'long';
    const type = avro.Type.forSchema(
      structuredClone(schema) as avro.Schema,
      {
        wrapUnions: false,
        typeHook: (part: unknown) => (isLong(part) ? exactLong : undefined),
      } as Parameters<typeof avro.Type.forSchema>[1],
    );
    const known = { schema, type, named: namedIn(schema, new Map()) };
    this.known.set(id, known);
    return known;
  }
}

// --- one message ---------------------------------------------------------------------------------------------------------------------

interface Walk {
  readonly named: ReadonlyMap<string, RecordSchema>;
  readonly amounts: { path: string; text: string }[];
  readonly decimals: ReadonlyMap<string, number>;
}

function shown(schema: Schema, value: unknown, path: string, walk: Walk): Shown {
  if (typeof schema === 'string' && walk.named.has(schema)) return shown(walk.named.get(schema) as RecordSchema, value, path, walk);
  if (isUnion(schema)) return value === null ? null : shown(schema.find((one) => one !== 'null') as Schema, value, path, walk);
  if (typeof schema === 'string') return typeof value === 'boolean' || value === null ? value : String(value);
  if (schema.type === 'array') return (value as unknown[]).map((item, index) => shown(schema.items, item, `${path}[${index}]`, walk));
  if (schema.type === 'map') {
    const entries = Object.entries(value as Fields).map(([key, item]): [string, Shown] => [
      key,
      shown(schema.values, item, `${path}.${key}`, walk),
    ]);
    return entries.sort(([one], [other]) => (one < other ? -1 : 1));
  }
  if (schema.type === 'record') return shownRecord(schema, value as Fields, path, walk);
  return String(value);
}

function shownRecord(schema: RecordSchema, value: Fields, path: string, walk: Walk): Shown {
  const { currency } = value;
  return schema.fields.map(({ name, type }) => {
    const at = path === '' ? name : `${path}.${name}`;
    const minor = value[name];
    if (isMinorUnits(type) && typeof minor === 'bigint' && typeof currency === 'string')
      walk.amounts.push({ path: at, text: amountText(minor, currency, walk.decimals) });
    return shown(type, minor, at, walk);
  });
}

const isUnion = (schema: Schema): schema is readonly Schema[] => Array.isArray(schema);
const isMinorUnits = (type: Schema): boolean => (Object(type) as { logicalType?: unknown }).logicalType === 'minor-units';

/** Strict: no replacement characters in place of bytes that are not UTF-8. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const textOf = (bytes: Buffer | string | null | undefined): string | null =>
  bytes === null || bytes === undefined ? null : typeof bytes === 'string' ? bytes : utf8.decode(bytes);

function headersOf(headers: IHeaders | undefined): [string, string | null][] {
  return Object.entries(headers ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one): [string, string | null] => [name, textOf(one)]),
  );
}

interface Read {
  readonly topic: string;
  readonly partition: number;
  readonly message: KafkaMessage;
}

async function lineOf({ topic, partition, message }: Read, registry: Registry, decimals: ReadonlyMap<string, number>): Promise<object> {
  const headers = headersOf(message.headers);
  const contentType = headers.find(([name]) => name === 'content-type')?.[1];
  const line = { topic, partition, offset: Number(message.offset), key: textOf(message.key), headers, problems: [] as string[] };
  const { value } = message;
  // A null value under a key of a compacted topic says that what it stood for is gone; other types are not Avro.
  if (value === null || !contentType?.endsWith('avro')) return line;
  if (value.length < prefixBytes || value[0] !== 0) return { ...line, problems: ["the value does not begin with Confluent's prefix"] };
  const { schema, type, named } = await registry.of(value.readUInt32BE(1));
  const walk: Walk = { named, amounts: [], decimals };
  const shownValue = shown(schema, type.fromBuffer(value.subarray(prefixBytes)), '', walk);
  return { ...line, record: `${schema.namespace}.${schema.name}`, value: shownValue, amounts: walk.amounts };
}

// --- all messages --------------------------------------------------------------------------------------------------------------------

/** What is still to be read: `topic/partition` -> first offset that is not read any more. */
type Open = Map<string, bigint>;

/** Resolves when everything is read. */
function untilRead(consumer: kafkajs.Consumer, open: Open): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    let stalled: NodeJS.Timeout | undefined;
    const progress = (): void => {
      clearTimeout(stalled);
      if (open.size === 0) resolve();
      else stalled = setTimeout(() => reject(new Error(`the brokers gave nothing for ${stalledAfterMs} ms`)), stalledAfterMs);
    };
    progress();
    // Also told for batches from which compaction took every record, which no handler sees.
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { topic, partition, lastOffset } }) => {
      const end = open.get(`${topic}/${partition}`);
      if (end !== undefined && BigInt(lastOffset) + 1n >= end) open.delete(`${topic}/${partition}`);
      progress();
    });
    // Whatever may pass, the client tries again by itself.
    consumer.on(consumer.events.CRASH, ({ payload }) => (payload.restart ? undefined : reject(payload.error)));
  });
}

async function main([brokers = '', registryUrl = '', decimalsFile = '', ...topics]: string[]): Promise<void> {
  const kafka = new kafkajs.Kafka({ clientId: 'topic-reader', brokers: brokers.split(','), logLevel: kafkajs.logLevel.ERROR });
  const groupId = `tributary-reader-${randomUUID()}`;
  const [registry, decimals] = [new Registry(registryUrl), readDecimals(decimalsFile)];
  const admin = kafka.admin();
  await admin.connect();
  const open: Open = new Map();
  for (const topic of topics)
    for (const { partition, low, high } of await admin.fetchTopicOffsets(topic))
      if (low !== high) open.set(`${topic}/${partition}`, BigInt(high));
  if (open.size === 0) return admin.disconnect();
  // Delivery is at least once. A consumer that stores what it reads inserts it under its ce_id, with `on conflict do nothing`.
  const seen = new Set<string>();
  const consumer = kafka.consumer({ groupId, maxBytesPerPartition: 4_194_304, retry: { retries: 8 } });
  await consumer.connect();
  await consumer.subscribe({
    topics: [...new Set([...open.keys()].map((key) => key.slice(0, key.lastIndexOf('/'))))],
    fromBeginning: true,
  });
  const run = (): Promise<void> =>
    consumer.run({
      autoCommit: false,
      eachMessage: async ({ topic, partition, message }) => {
        const id = textOf(message.headers?.ce_id as Buffer | undefined);
        if (id !== null && seen.has(`${topic} ${id}`)) return;
        process.stdout.write(`${JSON.stringify(await lineOf({ topic, partition, message }, registry, decimals))}\n`);
        if (id !== null) seen.add(`${topic} ${id}`); // only now: a message that could not be decoded comes again
      },
    });
  try {
    await Promise.all([untilRead(consumer, open), run()]);
  } finally {
    await consumer.disconnect();
    await admin.deleteGroups([groupId]).catch(() => undefined); // it expires by itself
    await admin.disconnect();
  }
}

await main(process.argv.slice(2));
