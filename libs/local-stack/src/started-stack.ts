import { createTopics } from './kafka-wire.js';
import type { KafkaNode } from './kafka.js';
import { freePorts } from './ports.js';
import { StackError } from './stack-error.js';
import { defaultPartitions } from './stack-types.js';
import type { BrokerHandle, Stack, StackOptions } from './stack-types.js';

/** What a stack of processes and a stack of containers share: which parts are started, and the topics of the test. */
export abstract class StartedStack<Broker extends BrokerHandle> implements Stack {
  brokers: string[] = [];
  tokenBrokers: string[] = [];
  registryUrl = '';
  databaseUrl = '';
  nodes: Broker[] = [];

  constructor(protected readonly options: StackOptions) {}

  get broker(): BrokerHandle {
    const [first] = this.nodes;
    if (!first) throw new StackError('stack.no-broker', 'using the broker of a stack that was started without `kafka: true`');
    return first;
  }

  /** Starts the parts that were asked for, side by side. @throws the first failure, after all have succeeded or failed. */
  async start(): Promise<void> {
    const { options } = this;
    const wantsKafka = options.kafka === true || (options.topics?.length ?? 0) > 0 || options.brokers === 3;
    const parts = [wantsKafka && this.startKafka(), options.registry && this.startRegistry(), options.postgres && this.startPostgres()];
    const failed = (await Promise.allSettled(parts)).find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    await this.createTopics(options.topics ?? [], options.partitions);
  }

  async createTopics(
    names: readonly string[],
    partitions = defaultPartitions,
    config: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    if (names.length === 0) return;
    const replicationFactor = this.nodes.length;
    await createTopics(
      this.broker.address,
      names.map((name) => ({ name, partitions, replicationFactor, config })),
    );
  }

  abstract stop(): Promise<void>;
  protected abstract brokerFor(node: KafkaNode, nodes: readonly KafkaNode[]): Broker;
  protected abstract startRegistry(): Promise<void>;
  protected abstract startPostgres(): Promise<void>;

  private async startKafka(): Promise<void> {
    const count = this.options.brokers ?? 1;
    const ports = await freePorts(count * 3);
    const nodes: KafkaNode[] = Array.from({ length: count }, (_, index) => ({
      nodeId: index + 1,
      port: ports[index * 3] as number,
      controllerPort: ports[index * 3 + 1] as number,
      ...(this.options.tokens ? { tokenPort: ports[index * 3 + 2] as number } : {}),
    }));
    this.nodes = nodes.map((node) => this.brokerFor(node, nodes));
    this.brokers = this.nodes.map((node) => node.address);
    this.tokenBrokers = nodes.flatMap(({ tokenPort }) => (tokenPort === undefined ? [] : [`127.0.0.1:${tokenPort}`]));
    await Promise.all(this.nodes.map((node) => node.start()));
  }
}

/** Starts a stack. What had started of one that does not come up is stopped again. @throws the failure of the start. */
export async function startOrStop<Started extends StartedStack<BrokerHandle>>(stack: Started): Promise<Started> {
  try {
    await stack.start();
  } catch (error) {
    await stack.stop();
    throw error;
  }
  return stack;
}
