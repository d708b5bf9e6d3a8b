import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Child } from './child.js';
import { guard } from './guard.js';
import { createTopics } from './kafka-wire.js';
import { kafkaReady, startKafkaNode } from './kafka.js';
import type { KafkaNode, KafkaOptions } from './kafka.js';
import { freePorts } from './ports.js';
import { createDatabase, databaseUrlOf, dropDatabase, postgresReady, startPostgres } from './postgres.js';
import { identityOf, isAlive, processesMarked, signalProcess } from './process-identity.js';
import type { ProcessIdentity } from './process-identity.js';
import { registryReady, registryUrlOf, startRegistry } from './registry.js';
import { StackError } from './stack-error.js';

export interface StackOptions {
  readonly kafka?: boolean;
  readonly registry?: boolean;
  readonly postgres?: boolean;
  /** Topics to make, with `partitions` partitions each and a copy on every broker. */
  readonly topics?: readonly string[];
  /** Partitions of each of `topics`; 4 unless told. */
  readonly partitions?: number;
  /** 3: a cluster of three nodes, three copies, two in sync. 1 unless told. */
  readonly brokers?: 1 | 3;
  /** Further broker properties, e.g. `message.max.bytes`. Implies `own`. */
  readonly brokerConfig?: Readonly<Record<string, string>>;
  /** Never reuse a running stack: for tests that kill or stop the broker. */
  readonly own?: boolean;
}

/** One broker process, to be ill-treated. */
export interface BrokerHandle {
  /** host:port, the same after a restart. */
  readonly address: string;
  kill9(): Promise<void>;
  /** SIGTERM, so with controlled shutdown. */
  stop(): Promise<void>;
  /** Starts it again on its data; resolves when it answers. */
  start(): Promise<void>;
  /** Freezes it: connections stay open and nothing answers. */
  sigstop(): void;
  sigcont(): void;
}

export interface Stack {
  readonly brokers: string[];
  /** Confluent-compatible address, up to and including /apis/ccompat/v7. Empty when no registry was asked for. */
  readonly registryUrl: string;
  /** postgres:// address of an empty database of this stack's own. Empty when no database was asked for. */
  readonly databaseUrl: string;
  /** The only or the first broker. */
  readonly broker: BrokerHandle;
  readonly nodes: readonly BrokerHandle[];
  /** Makes further topics; quiet about those that are there. */
  createTopics(names: readonly string[], partitions?: number, config?: Readonly<Record<string, string>>): Promise<void>;
  stop(): Promise<void>;
}

interface RunningStack {
  readonly brokers: string[];
  readonly registryUrl: string;
  readonly databaseUrl: string;
}

const prefix = 'tributary-stack-';
const defaultPartitions = 4;
const brokerStopMs = 15_000;
const credentials = { user: 'tributary', password: 'tributary' };

/** A name that no other test uses: `prefix-<random>`. */
export function uniqueName(base: string): string {
  return `${base}-${randomBytes(5).toString('hex')}`;
}

/**
 * Real Kafka, registry and PostgreSQL for a test: local processes on random ports with data in a temporary folder, gone with
 * `stop()` or with this process, however it ends. With TRIBUTARY_TEST_STACK (JSON `{brokers, registryUrl, databaseUrl}`) a running
 * stack is used instead, with a database of its own; `own`, `brokers: 3` and `brokerConfig` always start a new one.
 *
 * @throws StackError saying which part did not start, with the end of its log.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const running = process.env.TRIBUTARY_TEST_STACK;
  if (running && !options.own && options.brokers !== 3 && !options.brokerConfig) return reuse(JSON.parse(running) as RunningStack, options);
  sweepLeftovers();
  const folder = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(folder, 0o755); // PostgreSQL may run as another user and has to pass
  writeFileSync(join(folder, 'owner.json'), JSON.stringify(identityOf(process.pid)));
  guard.addFolder(folder);
  const stack = new LocalStack(folder, options);
  try {
    await stack.start();
  } catch (error) {
    await stack.stop();
    throw error;
  }
  return stack;
}

/** Stacks whose test process is dead, and whose guard was killed too: ends what runs, removes the folder. */
function sweepLeftovers(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(tmpdir(), name);
    let owner: ProcessIdentity | undefined;
    try {
      owner = JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8')) as ProcessIdentity;
    } catch {
      continue; // being made right now, or not ours to judge
    }
    if (isAlive(owner)) continue;
    for (const left of processesMarked('TRIBUTARY_STACK', folder)) signalProcess(left, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

class LocalStack implements Stack {
  brokers: string[] = [];
  registryUrl = '';
  databaseUrl = '';
  nodes: LocalBroker[] = [];
  private readonly others: Child[] = [];
  private readonly logFolder: string;
  private readonly env: Record<string, string>;

  constructor(
    private readonly folder: string,
    private readonly options: StackOptions,
  ) {
    this.logFolder = join(folder, 'logs');
    this.env = { TRIBUTARY_STACK: folder };
    mkdirSync(this.logFolder);
  }

  get broker(): BrokerHandle {
    const [first] = this.nodes;
    if (!first) throw new StackError('stack.no-broker', 'using the broker of a stack that was started without `kafka: true`');
    return first;
  }

  async start(): Promise<void> {
    const wantsKafka = this.options.kafka === true || (this.options.topics?.length ?? 0) > 0 || this.options.brokers === 3;
    const parts = [
      wantsKafka && this.startKafka(),
      this.options.registry && this.startRegistry(),
      this.options.postgres && this.startPostgres(),
    ];
    const failed = (await Promise.allSettled(parts)).find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    await this.createTopics(this.options.topics ?? [], this.options.partitions);
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
    // Nothing here is kept, so nothing is asked to end politely.
    await Promise.all([...this.nodes.map((node) => node.kill9()), ...this.others.map((child) => child.kill9())]);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
    guard.dropFolder(this.folder);
  }

  private async startKafka(): Promise<void> {
    const count = this.options.brokers ?? 1;
    const ports = await freePorts(count * 2);
    const nodes: KafkaNode[] = Array.from({ length: count }, (_, index) => ({
      nodeId: index + 1,
      port: ports[index * 2] as number,
      controllerPort: ports[index * 2 + 1] as number,
    }));
    const kafka: KafkaOptions = {
      nodes,
      folder: join(this.folder, 'kafka'),
      logFolder: this.logFolder,
      env: this.env,
      ...(this.options.brokerConfig ? { config: this.options.brokerConfig } : {}),
    };
    this.nodes = nodes.map((node) => new LocalBroker(node, kafka));
    this.brokers = this.nodes.map((node) => node.address);
    await Promise.all(this.nodes.map((node) => node.start()));
  }

  private async startRegistry(): Promise<void> {
    const [port] = (await freePorts(1)) as [number];
    const child = await startRegistry({ port, logFolder: this.logFolder, env: this.env });
    this.others.push(child);
    await registryReady(child, port);
    this.registryUrl = registryUrlOf(port);
  }

  private async startPostgres(): Promise<void> {
    const [port] = (await freePorts(1)) as [number];
    // A killed server loses nothing without fsync; only a power cut would.
    const config = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
    const postgres = {
      port,
      folder: join(this.folder, 'postgres'),
      logFolder: this.logFolder,
      database: 'tributary',
      ...credentials,
      env: this.env,
      config,
    };
    const child = await startPostgres(postgres);
    this.others.push(child);
    await postgresReady(child, postgres);
    this.databaseUrl = databaseUrlOf(postgres);
  }
}

class LocalBroker implements BrokerHandle {
  readonly address: string;
  private child: Child | undefined;

  constructor(
    private readonly node: KafkaNode,
    private readonly kafka: KafkaOptions,
  ) {
    this.address = `127.0.0.1:${node.port}`;
  }

  async start(): Promise<void> {
    if (this.child && !this.child.exit) return;
    this.child = await startKafkaNode(this.node, this.kafka);
    await kafkaReady(this.child, this.node, this.kafka.nodes.length);
  }

  async stop(): Promise<void> {
    await this.child?.stop(brokerStopMs);
  }

  async kill9(): Promise<void> {
    await this.child?.kill9();
  }

  sigstop(): void {
    this.child?.signal('SIGSTOP');
  }

  sigcont(): void {
    this.child?.signal('SIGCONT');
  }
}

/** A running stack as this test sees it: shared broker and registry, a database of its own. */
async function reuse(running: RunningStack, options: StackOptions): Promise<Stack> {
  const database = uniqueName('test').replaceAll('-', '_');
  const databaseUrl = new URL(running.databaseUrl);
  if (options.postgres) {
    await createDatabase(running.databaseUrl, database);
    databaseUrl.pathname = `/${database}`;
  }
  const address = running.brokers[0] as string;
  const makeTopics: Stack['createTopics'] = (names, partitions = defaultPartitions, config = {}) =>
    createTopics(
      address,
      names.map((name) => ({ name, partitions, replicationFactor: 1, config })),
    );
  await makeTopics(options.topics ?? [], options.partitions);
  const refuse = (): never => {
    throw new StackError('stack.shared', 'ill-treating a shared broker: start this stack with `own: true`');
  };
  const broker: BrokerHandle = { address, kill9: refuse, stop: refuse, start: refuse, sigstop: refuse, sigcont: refuse };
  return {
    brokers: running.brokers,
    registryUrl: running.registryUrl,
    databaseUrl: options.postgres ? databaseUrl.href : '',
    broker,
    nodes: [broker],
    createTopics: makeTopics,
    stop: async () => {
      if (options.postgres) await dropDatabase(running.databaseUrl, database);
    },
  };
}
