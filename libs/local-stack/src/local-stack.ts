import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Child } from './child.js';
import { guard } from './guard.js';
import { createTopics } from './kafka-wire.js';
import { kafkaReady, startKafkaNode } from './kafka.js';
import type { KafkaNode, KafkaOptions } from './kafka.js';
import { freePorts } from './ports.js';
import { databaseUrlOf, postgresReady, startPostgres } from './postgres.js';
import { identityOf, isAlive, processesMarked, signalProcess } from './process-identity.js';
import type { ProcessIdentity } from './process-identity.js';
import { registryReady, registryUrlOf, startRegistry } from './registry.js';
import { StackError } from './stack-error.js';
import { credentials, defaultPartitions } from './stack-types.js';
import type { BrokerHandle, Stack, StackOptions } from './stack-types.js';

const prefix = 'tributary-stack-';
const brokerStopMs = 15_000;

/** Local processes on random ports with data in a temporary folder, gone with `stop()` or with this process, however it ends. */
export async function startLocalStack(options: StackOptions): Promise<Stack> {
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
    if (lstatSync(folder, { throwIfNoEntry: false })?.uid !== process.getuid?.()) continue; // another user's
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
  tokenBrokers: string[] = [];
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
    const ports = await freePorts(count * 3);
    const nodes: KafkaNode[] = Array.from({ length: count }, (_, index) => ({
      nodeId: index + 1,
      port: ports[index * 3] as number,
      controllerPort: ports[index * 3 + 1] as number,
      ...(this.options.tokens ? { tokenPort: ports[index * 3 + 2] as number } : {}),
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
    this.tokenBrokers = nodes.flatMap(({ tokenPort }) => (tokenPort === undefined ? [] : [`127.0.0.1:${tokenPort}`]));
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
