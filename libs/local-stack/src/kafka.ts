import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureKafkaJars, javaCommand, kafkaLogConfig, kafkaVersion } from './artifacts.js';
import { Child } from './child.js';
import { clusterOf } from './kafka-wire.js';
import { withLock } from './lock.js';
import { StackError } from './stack-error.js';
import { cacheDir } from './workspace.js';

/** Addresses of one Kafka node, all on 127.0.0.1. */
export interface KafkaNode {
  readonly nodeId: number;
  readonly port: number;
  readonly controllerPort: number;
  /** A further listener that asks for a token (SASL/OAUTHBEARER) before it answers anything. */
  readonly tokenPort?: number;
}

/** A Kafka cluster of processes on this machine. */
export interface KafkaOptions {
  /** Every node of the cluster; each is broker and controller. */
  readonly nodes: readonly KafkaNode[];
  /** Folder for configuration and data of all nodes. */
  readonly folder: string;
  readonly logFolder: string;
  /** Further broker properties. */
  readonly config?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly heapMb?: number;
}

/** The same for every cluster, because formatted storage is cached and copied; clusters are distinguished by their addresses. */
const clusterId = 'dHJpYnV0YXJ5LWxvY2FsMQ';
const readyTimeoutMs = 60_000;
const formatTimeoutMs = 60_000;
/** Tuned for a fast start, not for peak speed: one compiler tier, the simplest garbage collector. */
const jvm = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto', '-Djava.awt.headless=true'];

/** `server.properties` of one node. Small numbers, because it runs on a developer's machine. */
export function kafkaProperties(node: KafkaNode, options: KafkaOptions): Record<string, string> {
  const copies = String(options.nodes.length);
  const inSync = String(Math.max(1, options.nodes.length - 1));
  return {
    'process.roles': 'broker,controller',
    'node.id': String(node.nodeId),
    'controller.quorum.voters': options.nodes.map((each) => `${each.nodeId}@127.0.0.1:${each.controllerPort}`).join(','),
    listeners: listenersOf(node),
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${node.port}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name': 'PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': join(options.folder, `node-${node.nodeId}`),
    'auto.create.topics.enable': 'false', // an undeclared topic is a mistake
    'default.replication.factor': copies,
    'min.insync.replicas': inSync,
    'offsets.topic.replication.factor': copies,
    'offsets.topic.num.partitions': '8',
    'transaction.state.log.replication.factor': copies,
    'transaction.state.log.min.isr': inSync,
    'transaction.state.log.num.partitions': '4',
    'share.coordinator.state.topic.replication.factor': copies,
    'share.coordinator.state.topic.min.isr': inSync,
    'share.coordinator.state.topic.num.partitions': '1',
    'group.initial.rebalance.delay.ms': '0',
    'num.network.threads': '2',
    'num.io.threads': '4',
    'log.cleaner.dedupe.buffer.size': String(8 * 1024 * 1024),
    // A killed broker can return only after its old session has ended.
    'broker.session.timeout.ms': options.nodes.length > 1 ? '6000' : '3000',
    'broker.heartbeat.interval.ms': '1000',
    'controlled.shutdown.enable': String(options.nodes.length > 1),
    ...(node.tokenPort === undefined ? {} : tokenListener(node, node.tokenPort)),
    ...options.config,
  };
}

/** Tokens are taken unsigned, as the broker does when it is given nobody to verify them with; what counts here is when they run out. */
function tokenListener(node: KafkaNode, port: number): Record<string, string> {
  return {
    listeners: `${listenersOf(node)},TOKEN://127.0.0.1:${port}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${node.port},TOKEN://127.0.0.1:${port}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,TOKEN:SASL_PLAINTEXT',
    'listener.name.token.sasl.enabled.mechanisms': 'OAUTHBEARER',
    'listener.name.token.oauthbearer.sasl.jaas.config':
      'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="broker";',
  };
}

function listenersOf(node: KafkaNode): string {
  return `PLAINTEXT://127.0.0.1:${node.port},CONTROLLER://127.0.0.1:${node.controllerPort}`;
}

/** Starts one node on its folder, formatting it when it is new. Resolves as soon as the process runs; see `kafkaReady`. */
export async function startKafkaNode(node: KafkaNode, options: KafkaOptions): Promise<Child> {
  const jars = await ensureKafkaJars();
  const data = join(options.folder, `node-${node.nodeId}`);
  if (!existsSync(join(data, 'meta.properties'))) {
    const template = await formattedStorage(jars, node.nodeId);
    rmSync(data, { recursive: true, force: true });
    mkdirSync(options.folder, { recursive: true });
    cpSync(template, data, { recursive: true });
  }
  const properties = join(options.folder, `node-${node.nodeId}.properties`);
  writeProperties(properties, kafkaProperties(node, options));
  return Child.start({
    name: `kafka node ${node.nodeId}`,
    command: javaCommand(),
    args: [
      `-Xmx${options.heapMb ?? 384}m`,
      '-Xms96m',
      ...jvm,
      `-Dlog4j2.configurationFile=${kafkaLogConfig}`,
      '-cp',
      join(jars, '*'),
      'kafka.Kafka',
      properties,
    ],
    cwd: options.folder,
    env: { ...process.env, ...options.env },
    logFile: join(options.logFolder, options.nodes.length > 1 ? `kafka-${node.nodeId}.log` : 'kafka.log'),
  });
}

/** Waits until this node answers and sees the whole cluster with a controller. */
export async function kafkaReady(child: Child, node: KafkaNode, expectedBrokers: number): Promise<void> {
  await child.readyWhen(async () => {
    const cluster = await clusterOf(`127.0.0.1:${node.port}`);
    return cluster.brokers >= expectedBrokers && cluster.controllerId >= 0;
  }, readyTimeoutMs);
}

/** Formatting starts a JVM for a second; its result depends on the node id only, so it is kept and copied. */
async function formattedStorage(jars: string, nodeId: number): Promise<string> {
  const final = join(cacheDir, `kafka-${kafkaVersion}-storage`, `node-${nodeId}`);
  if (existsSync(final)) return final;
  return withLock(`${final}.lock`, formatTimeoutMs, async () => {
    if (existsSync(final)) return final;
    const partial = `${final}.partial`;
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true });
    const node = { nodeId, port: 1, controllerPort: 2 };
    const properties = `${final}.properties`;
    writeProperties(properties, { ...kafkaProperties(node, { nodes: [node], folder: '', logFolder: '' }), 'log.dirs': partial });
    try {
      await promisify(execFile)(
        javaCommand(),
        [
          ...jvm,
          `-Dlog4j2.configurationFile=${kafkaLogConfig}`,
          '-cp',
          join(jars, '*'),
          'kafka.tools.StorageTool',
          'format',
          '-t',
          clusterId,
          '-c',
          properties,
        ],
        { timeout: formatTimeoutMs },
      );
    } catch (error) {
      const said = (error as { stderr?: string }).stderr?.trim();
      throw new StackError(
        'stack.format-failed',
        `formatting Kafka storage: ${said || (error as Error).message}. Run \`npm run doctor\`.`,
        { cause: error },
      );
    }
    renameSync(partial, final);
    return final;
  });
}

function writeProperties(file: string, properties: Readonly<Record<string, string>>): void {
  const lines = Object.entries(properties).map(([name, value]) => `${name}=${value.replaceAll('\\', '\\\\')}`);
  writeFileSync(file, `${lines.join('\n')}\n`);
}
