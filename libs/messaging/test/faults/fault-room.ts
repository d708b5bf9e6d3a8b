import { startStack, uniqueName } from '@tributary/local-stack';
import { KafkaPublisher } from '../../src/kafka/kafka-publisher.js';
import type { KafkaTransport, KafkaTransportOptions } from '../../src/kafka/kafka-transport.js';
import { aMessage, codec, committedSum, CountedMetrics, member, readTopic } from './fault-harness.js';
import type { Handle } from './fault-harness.js';

type Stack = Awaited<ReturnType<typeof startStack>>;

/** Settings of {@link faultRoom}. */
export interface FaultRoomOptions {
  /** Partitions of the topic. */
  readonly partitions: number;
  /** Shortest session that the broker accepts, ms. */
  readonly minSessionTimeoutMs: number;
}

/** A broker for a suite, and for each of its cases a topic, a group and members that are closed afterwards. */
export class FaultRoom {
  stack!: Stack;
  publisher!: KafkaPublisher;
  topic = '';
  group = '';
  members: KafkaTransport[] = [];
  logged: string[] = [];
  metrics = new CountedMetrics();

  constructor(
    private readonly clientId: string,
    private readonly options: FaultRoomOptions,
  ) {}

  async open(): Promise<void> {
    const brokerConfig = { 'group.min.session.timeout.ms': String(this.options.minSessionTimeoutMs) };
    this.stack = await startStack({ kafka: true, own: true, brokerConfig });
    this.publisher = new KafkaPublisher({ brokers: this.stack.brokers, clientId: this.clientId, codec });
    await this.publisher.connect();
  }

  async close(): Promise<void> {
    await this.publisher?.close();
    await this.stack?.stop();
  }

  /** A new topic with its dead letter topic, and a new group. */
  async begin(): Promise<void> {
    this.topic = uniqueName('topic');
    this.group = uniqueName('group');
    this.members = [];
    this.logged = [];
    this.metrics = new CountedMetrics();
    await this.stack.createTopics([this.topic, this.deadLetterTopic], this.options.partitions);
  }

  async end(): Promise<void> {
    await Promise.all(this.members.map((each) => each.close()));
  }

  get brokers(): readonly string[] {
    return this.stack.brokers;
  }

  get deadLetterTopic(): string {
    return `${this.topic}.${this.group}.dlq`;
  }

  /** A member of the group with that handler. */
  join(handle: Handle, options: Partial<KafkaTransportOptions> = {}): KafkaTransport {
    const { brokers, publisher, group: groupId, topic, metrics, logged } = this;
    const log = (_level: string, message: string): void => void logged.push(message);
    const joined = member({ brokers, publisher, groupId, topics: [topic], log, metrics, ...options }, handle);
    this.members.push(joined);
    return joined;
  }

  publish(...messages: [key: string, text: string][]): Promise<void> {
    return this.publisher.publish(messages.map(([key, text]) => aMessage(this.topic, key, text)));
  }

  /** Committed offsets of the group, added up over the partitions. */
  committed(): Promise<number> {
    return committedSum(this.brokers, this.group, this.topic);
  }

  /** Values in the dead letter topic. */
  async deadLetters(): Promise<string[]> {
    return (await readTopic(this.brokers, this.deadLetterTopic)).map(({ value }) => value?.toString() ?? '');
  }
}

/** Sets up a suite of fault cases: call it inside `describe`. */
export function faultRoom(clientId: string, options: FaultRoomOptions): FaultRoom {
  const room = new FaultRoom(clientId, options);
  beforeAll(() => room.open(), 120_000);
  afterAll(() => room.close());
  beforeEach(() => room.begin());
  afterEach(() => room.end());
  return room;
}
