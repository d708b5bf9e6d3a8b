import { GenericContainer, getContainerRuntimeClient } from 'testcontainers';
import type { StartedTestContainer } from 'testcontainers';
import { kafkaVersion } from './artifacts.js';
import { clusterOf } from './kafka-wire.js';
import { kafkaProperties } from './kafka.js';
import type { KafkaNode } from './kafka.js';
import { StackError } from './stack-error.js';
import type { BrokerHandle } from './stack-types.js';

const kafkaImage = `apache/kafka:${kafkaVersion}`;
const readyTimeoutMs = 90_000;
const brokerStopS = 15;
const dataFolder = '/var/lib/kafka/data';

/** One Kafka container that a test may kill, stop or pause. */
export class ContainerBroker implements BrokerHandle {
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
    await untilReady(`kafka node ${this.node.nodeId}`, this.container, async () => {
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

  /** Stops and removes the container. */
  async remove(): Promise<void> {
    await this.container?.stop({ timeout: 0 });
  }

  /** The image reads `a.b.c` as KAFKA_A_B_C, so the settings are exactly those of local processes. */
  private create(): GenericContainer {
    const properties = kafkaProperties(this.node, { nodes: this.cluster, folder: '', logFolder: '', config: this.config });
    const env = Object.fromEntries(
      Object.entries({ ...properties, 'log.dirs': dataFolder }).map(([name, value]) => [
        `KAFKA_${name.toUpperCase().replaceAll('.', '_')}`,
        value,
      ]),
    );
    return new GenericContainer(kafkaImage)
      .withNetworkMode('host')
      .withEnvironment({ ...env, CLUSTER_ID: 'dHJpYnV0YXJ5LWxvY2FsMQ', KAFKA_HEAP_OPTS: '-Xmx384m -Xms96m' });
  }

  private async handle(): Promise<ReturnType<Awaited<ReturnType<typeof getContainerRuntimeClient>>['container']['getById']>> {
    if (!this.container) throw new StackError('stack.no-broker', `signalling kafka node ${this.node.nodeId}: it was never started`);
    return (await getContainerRuntimeClient()).container.getById(this.container.getId());
  }
}

const askEveryMs = 250;
const quotedLines = 15;

/** Calls `probe` until it returns true. @throws StackError when the container ends first or the time is over, with the end of its log. */
export async function untilReady(what: string, container: StartedTestContainer, probe: () => Promise<boolean>): Promise<void> {
  const handle = (await getContainerRuntimeClient()).container.getById(container.getId());
  const deadline = Date.now() + readyTimeoutMs;
  while (!(await probe().catch(() => false))) {
    const { Running, ExitCode } = (await handle.inspect()).State;
    if (!Running || Date.now() > deadline) {
      const log = (await handle.logs({ stdout: true, stderr: true, tail: quotedLines })).toString('utf8');
      const why = Running ? `was not ready within ${readyTimeoutMs / 1000} s` : `ended with code ${ExitCode} before it was ready`;
      throw new StackError('stack.not-ready', `starting ${what} in a container: it ${why}. The end of its log:\n${log}`);
    }
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
  }
}
