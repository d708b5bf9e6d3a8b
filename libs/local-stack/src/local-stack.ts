import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Child } from './child.js';
import { guard } from './guard.js';
import { kafkaReady, startKafkaNode } from './kafka.js';
import type { KafkaNode, KafkaOptions } from './kafka.js';
import { freePorts } from './ports.js';
import { databaseUrlOf, postgresReady, startPostgres } from './postgres.js';
import { identityOf, isAlive, processesMarked, signalProcess } from './process-identity.js';
import type { ProcessIdentity } from './process-identity.js';
import { registryReady, registryUrlOf, startRegistry } from './registry.js';
import { credentials } from './stack-types.js';
import type { BrokerHandle, Stack, StackOptions } from './stack-types.js';
import { StartedStack, startOrStop } from './started-stack.js';

const prefix = 'tributary-stack-';
const brokerStopMs = 15_000;

/** Starts local processes on random ports with data in a temporary folder. They end with `stop()` or with this process, however it ends. */
export async function startLocalStack(options: StackOptions): Promise<Stack> {
  removeOrphanedStacks();
  const folder = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(folder, 0o755); // PostgreSQL may run as another user, who must be able to enter
  writeFileSync(join(folder, 'owner.json'), JSON.stringify(identityOf(process.pid)));
  guard.addFolder(folder);
  const stack = new LocalStack(folder, options);
  return startOrStop(stack);
}

/** Removes stacks whose test process and guard were both killed: kills their processes, removes their folders. */
function removeOrphanedStacks(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(tmpdir(), name);
    if (lstatSync(folder, { throwIfNoEntry: false })?.uid !== process.getuid?.()) continue; // another user's stack
    let owner: ProcessIdentity | undefined;
    try {
      owner = JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8')) as ProcessIdentity;
    } catch {
      continue; // it is being created right now, or is no stack
    }
    if (isAlive(owner)) continue;
    for (const orphan of processesMarked('TRIBUTARY_STACK', folder)) signalProcess(orphan, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

class LocalStack extends StartedStack<LocalBroker> {
  private readonly others: Child[] = [];
  private readonly logFolder: string;
  private readonly env: Record<string, string>;

  constructor(
    private readonly folder: string,
    options: StackOptions,
  ) {
    super(options);
    this.logFolder = join(folder, 'logs');
    this.env = { TRIBUTARY_STACK: folder };
    mkdirSync(this.logFolder);
  }

  async stop(): Promise<void> {
    // No data is kept, so processes need not end gracefully.
    await Promise.all([...this.nodes.map((node) => node.kill9()), ...this.others.map((child) => child.kill9())]);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
    guard.dropFolder(this.folder);
  }

  protected brokerFor(node: KafkaNode, nodes: readonly KafkaNode[]): LocalBroker {
    return new LocalBroker(node, {
      nodes,
      folder: join(this.folder, 'kafka'),
      logFolder: this.logFolder,
      env: this.env,
      ...(this.options.brokerConfig ? { config: this.options.brokerConfig } : {}),
    });
  }

  protected async startRegistry(): Promise<void> {
    const [port] = (await freePorts(1)) as [number];
    const child = await startRegistry({ port, logFolder: this.logFolder, env: this.env });
    this.others.push(child);
    await registryReady(child, port);
    this.registryUrl = registryUrlOf(port);
  }

  protected async startPostgres(): Promise<void> {
    const [port] = (await freePorts(1)) as [number];
    // Without fsync a killed server loses nothing; a power cut would.
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

  async sigstop(): Promise<void> {
    await this.child?.freeze();
  }

  sigcont(): void {
    this.child?.signal('SIGCONT');
  }
}
