import { connect } from 'node:net';

/**
 * The part of Kafka's protocol that is needed to ask whether all brokers are up and to create topics. This project uses no Kafka client,
 * because the client's own tests depend on it. Source: Kafka protocol guide, "ApiVersions", "Metadata" and "CreateTopics",
 * in the last versions before flexible encoding (Metadata 4, CreateTopics 4), which brokers 4.x still serve.
 */
const requestTimeoutMs = 5_000;
const clientId = 'tributary-local-stack';
const api = { metadata: { key: 3, version: 4 }, createTopics: { key: 19, version: 4 } } as const;
const topicAlreadyExists = 36;

/** A topic to create. */
export interface TopicSpec {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly config?: Readonly<Record<string, string>>;
}

/** The number of registered brokers, and the controller's id (-1: none). @param broker host:port. */
export async function clusterOf(broker: string): Promise<{ brokers: number; controllerId: number }> {
  const body = new Writer().int32(0).int8(0).bytes; // no topics, no auto-creation
  const reader = await request(broker, api.metadata, body);
  reader.int32(); // throttle time
  const brokers = reader.int32();
  for (let index = 0; index < brokers; index += 1) {
    reader.int32();
    reader.string();
    reader.int32();
    reader.string();
  }
  reader.string(); // cluster id
  return { brokers, controllerId: reader.int32() };
}

/** Creates the topics that do not exist yet. @throws Error naming every topic that the broker refused. */
export async function createTopics(broker: string, topics: readonly TopicSpec[]): Promise<void> {
  if (topics.length === 0) return;
  const writer = new Writer().int32(topics.length);
  for (const topic of topics) {
    writer.string(topic.name).int32(topic.partitions).int16(topic.replicationFactor).int32(0);
    const config = Object.entries(topic.config ?? {});
    writer.int32(config.length);
    for (const [name, value] of config) writer.string(name).string(value);
  }
  writer.int32(requestTimeoutMs).int8(0);
  const reader = await request(broker, api.createTopics, writer.bytes);
  reader.int32(); // throttle time
  const refused: string[] = [];
  const answers = reader.int32();
  for (let index = 0; index < answers; index += 1) {
    const name = reader.string();
    const code = reader.int16();
    const text = reader.string();
    if (code !== 0 && code !== topicAlreadyExists) refused.push(`${name}: ${text ?? `error ${code}`}`);
  }
  if (refused.length > 0) throw new Error(`creating topics at ${broker}: ${refused.join('; ')}`);
}

function request(broker: string, target: { key: number; version: number }, body: readonly Buffer[]): Promise<Reader> {
  const separator = broker.lastIndexOf(':');
  const header = new Writer().int16(target.key).int16(target.version).int32(1).string(clientId).bytes;
  const payload = Buffer.concat([...header, ...body]);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: broker.slice(0, separator), port: Number(broker.slice(separator + 1)) });
    const end = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    let received = Buffer.alloc(0);
    socket.setTimeout(requestTimeoutMs, () => end(new Error(`asking ${broker}: no answer within ${requestTimeoutMs} ms`)));
    socket.once('error', end);
    socket.once('close', () => end(new Error(`asking ${broker}: it closed the connection`)));
    socket.once('connect', () => socket.write(Buffer.concat([...new Writer().int32(payload.length).bytes, payload])));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 4 || received.length < 4 + received.readInt32BE(0)) return;
      socket.removeAllListeners('close');
      socket.destroy();
      resolve(new Reader(received.subarray(8))); // length and correlation id
    });
  });
}

class Writer {
  readonly bytes: Buffer[] = [];

  int8(value: number): this {
    return this.push(1, (buffer) => buffer.writeInt8(value));
  }
  int16(value: number): this {
    return this.push(2, (buffer) => buffer.writeInt16BE(value));
  }
  int32(value: number): this {
    return this.push(4, (buffer) => buffer.writeInt32BE(value));
  }
  string(value: string): this {
    const text = Buffer.from(value, 'utf8');
    this.int16(text.length);
    this.bytes.push(text);
    return this;
  }
  private push(size: number, write: (buffer: Buffer) => void): this {
    const buffer = Buffer.alloc(size);
    write(buffer);
    this.bytes.push(buffer);
    return this;
  }
}

class Reader {
  private offset = 0;
  constructor(private readonly bytes: Buffer) {}

  int16(): number {
    const value = this.bytes.readInt16BE(this.offset);
    this.offset += 2;
    return value;
  }
  int32(): number {
    const value = this.bytes.readInt32BE(this.offset);
    this.offset += 4;
    return value;
  }
  string(): string | null {
    const length = this.int16();
    if (length < 0) return null;
    const value = this.bytes.toString('utf8', this.offset, this.offset + length);
    this.offset += length;
    return value;
  }
}
