import { GenericContainer, getContainerRuntimeClient, getReaper } from 'testcontainers';
import type { StartedTestContainer } from 'testcontainers';
import { kafkaVersion, registryVersion } from './artifacts.js';
import { clusterOf, createTopics } from './kafka-wire.js';
import { kafkaProperties } from './kafka.js';
import type { KafkaNode } from './kafka.js';
import { freePorts } from './ports.js';
import { createDatabase, databaseUrlOf } from './postgres.js';
import { registryEnvironment, registryUrlOf } from './registry.js';
import { StackError } from './stack-error.js';
import { credentials, defaultPartitions } from './stack-types.js';
import type { BrokerHandle, Stack, StackOptions } from './stack-types.js';

const images = {
  kafka: `apache/kafka:${kafkaVersion}`,
  registry: `apicurio/apicurio-registry:${registryVersion}`,
  postgres: 'postgres:17-bookworm',
};
const readyTimeoutMs = 90_000;
const brokerStopS = 15;
const dataFolder = '/var/lib/kafka/data';

/**
 * The official images by testcontainers, on the machine's own network: so Kafka listens and is found where the local processes
 * would be, three brokers find each other, and nothing is published beyond 127.0.0.1. Needs an engine on Linux.
 */
export async function startContainerStack(options: StackOptions): Promise<Stack> {
  const stack = new ContainerStack(options);
  try {
    await stack.start();
  } catch (error) {
    await stack.stop();
    throw error;
  }
  return stack;
}

class ContainerStack implements Stack {
  brokers: string[] = [];
  tokenBrokers: string[] = [];
  registryUrl = '';
  databaseUrl = '';
  nodes: ContainerBroker[] = [];
  private readonly others: StartedTestContainer[] = [];

  constructor(private readonly options: StackOptions) {}

  get broker(): BrokerHandle {
    const [first] = this.nodes;
    if (!first) throw new StackError('stack.no-broker', 'using the broker of a stack that was started without `kafka: true`');
    return first;
  }

  async start(): Promise<void> {
    const { options } = this;
    await getReaper(await getContainerRuntimeClient()); // one for all, before containers start side by side
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

  async stop(): Promise<void> {
    await Promise.all([...this.nodes.map((node) => node.remove()), ...this.others.map((container) => container.stop({ timeout: 0 }))]);
  }

  private async startKafka(): Promise<void> {
    const count = this.options.brokers ?? 1;
    const ports = await freePorts(count * 3);
    const nodes: KafkaNode[] = Array.from({ length: count }, (_, index) => ({
      nodeId: index + 1,
      port: ports[index * 3] as number,
      controllerPort: ports[index * 3 + 1] as number,
      ...(this.options.tokens ? { tokenPort: ports[index * 3 + 2] as number } : {}),
    }));
    this.nodes = nodes.map((node) => new ContainerBroker(node, nodes, this.options.brokerConfig ?? {}));
    this.brokers = this.nodes.map((node) => node.address);
    this.tokenBrokers = nodes.flatMap(({ tokenPort }) => (tokenPort === undefined ? [] : [`127.0.0.1:${tokenPort}`]));
    await Promise.all(this.nodes.map((node) => node.start()));
  }

  private async startRegistry(): Promise<void> {
    const [port] = (await freePorts(1)) as [number];
    const container = await new GenericContainer(images.registry)
      .withNetworkMode('host')
      .withEnvironment(registryEnvironment({ port }))
      .start();
    this.others.push(container);
    await until('the schema registry', container, async () => (await fetch(`${registryUrlOf(port)}/subjects`)).status === 200);
    this.registryUrl = registryUrlOf(port);
  }

  private async startPostgres(): Promise<void> {
    const [port] = (await freePorts(1)) as [number];
    const options = { port, database: 'tributary', ...credentials };
    const container = await new GenericContainer(images.postgres)
      .withNetworkMode('host')
      .withEnvironment({
        POSTGRES_USER: credentials.user,
        POSTGRES_PASSWORD: credentials.password,
        POSTGRES_DB: options.database,
        PGPORT: String(port),
      })
      .withCommand(['postgres', '-c', `port=${port}`, '-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200', '-c', 'fsync=off'])
      .start();
    this.others.push(container);
    await until('PostgreSQL', container, async () => {
      await createDatabase(databaseUrlOf({ ...options, database: 'postgres' }), options.database);
      return true;
    });
    this.databaseUrl = databaseUrlOf(options);
  }
}

class ContainerBroker implements BrokerHandle {
  readonly address: string;
  private container: StartedTestContainer | undefined;
  private running = false;

  constructor(
    node: KafkaNode,
    private readonly cluster: readonly KafkaNode[],
    private readonly config: Readonly<Record<string, string>>,
  ) {
    this.address = `127.0.0.1:${node.port}`;
    this.node = node;
  }
  private readonly node: KafkaNode;

  async start(): Promise<void> {
    if (this.running) return;
    if (this.container) await (await this.handle()).start();
    else this.container = await this.create().start();
    this.running = true;
    await until(`kafka node ${this.node.nodeId}`, this.container, async () => {
      const { brokers, controllerId } = await clusterOf(this.address);
      return brokers >= this.cluster.length && controllerId >= 0;
    });
  }

  async stop(): Promise<void> {
    this.running = false;
    await (await this.handle()).stop({ t: brokerStopS });
  }

  async kill9(): Promise<void> {
    this.running = false;
    await (await this.handle()).kill();
  }

  async sigstop(): Promise<void> {
    await (await this.handle()).pause();
  }

  async sigcont(): Promise<void> {
    await (await this.handle()).unpause();
  }

  async remove(): Promise<void> {
    await this.container?.stop({ timeout: 0 });
  }

  /** The image reads `a.b.c` as KAFKA_A_B_C, so the settings are those of the local processes, word for word. */
  private create(): GenericContainer {
    const properties = kafkaProperties(this.node, { nodes: this.cluster, folder: '', logFolder: '', config: this.config });
    const env = Object.fromEntries(
      Object.entries({ ...properties, 'log.dirs': dataFolder }).map(([name, value]) => [
        `KAFKA_${name.toUpperCase().replaceAll('.', '_')}`,
        value,
      ]),
    );
    return new GenericContainer(images.kafka)
      .withNetworkMode('host')
      .withEnvironment({ ...env, CLUSTER_ID: 'dHJpYnV0YXJ5LWxvY2FsMQ', KAFKA_HEAP_OPTS: '-Xmx384m -Xms96m' });
  }

  private async handle(): Promise<ReturnType<Awaited<ReturnType<typeof getContainerRuntimeClient>>['container']['getById']>> {
    if (!this.container) throw new StackError('stack.no-broker', `ill-treating kafka node ${this.node.nodeId}: it was never started`);
    return (await getContainerRuntimeClient()).container.getById(this.container.getId());
  }
}

const askEveryMs = 250;
const quotedLines = 15;

/** Asks until true. @throws StackError when the container ended first or time is up, with the end of what it said. */
async function until(what: string, container: StartedTestContainer, probe: () => Promise<boolean>): Promise<void> {
  const handle = (await getContainerRuntimeClient()).container.getById(container.getId());
  const deadline = Date.now() + readyTimeoutMs;
  while (!(await probe().catch(() => false))) {
    const { Running, ExitCode } = (await handle.inspect()).State;
    if (!Running || Date.now() > deadline) {
      const said = (await handle.logs({ stdout: true, stderr: true, tail: quotedLines })).toString('utf8');
      const why = Running ? `was not ready within ${readyTimeoutMs / 1000} s` : `ended with code ${ExitCode} before it was ready`;
      throw new StackError('stack.not-ready', `starting ${what} in a container: it ${why}. The end of what it said:\n${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
  }
}
