import { GenericContainer, getContainerRuntimeClient, getReaper } from 'testcontainers';
import type { StartedTestContainer } from 'testcontainers';
import { registryVersion } from './artifacts.js';
import { ContainerBroker, untilReady } from './container-broker.js';
import { createDatabase } from './database.js';
import type { KafkaNode } from './kafka.js';
import { freePorts } from './ports.js';
import { databaseUrlOf } from './postgres.js';
import { registryEnvironment, registryUrlOf } from './registry.js';
import { credentials } from './stack-types.js';
import type { Stack, StackOptions } from './stack-types.js';
import { StartedStack, startOrStop } from './started-stack.js';

const registryImage = `apicurio/apicurio-registry:${registryVersion}`;
const postgresImage = 'postgres:17-bookworm';

/**
 * Starts the official images with testcontainers on the network of the host, so that Kafka is reached at the same addresses as local
 * processes, three brokers reach each other, and nothing is published beyond 127.0.0.1. Needs a container engine on Linux.
 */
export async function startContainerStack(options: StackOptions): Promise<Stack> {
  const stack = new ContainerStack(options);
  return startOrStop(stack);
}

class ContainerStack extends StartedStack<ContainerBroker> {
  private readonly others: StartedTestContainer[] = [];

  override async start(): Promise<void> {
    await getReaper(await getContainerRuntimeClient()); // one for all, before containers start side by side
    await super.start();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.nodes.map((node) => node.remove()), ...this.others.map((container) => container.stop({ timeout: 0 }))]);
  }

  protected brokerFor(node: KafkaNode, nodes: readonly KafkaNode[]): ContainerBroker {
    return new ContainerBroker(node, nodes, this.options.brokerConfig ?? {});
  }

  protected async startRegistry(): Promise<void> {
    const [port] = (await freePorts(1)) as [number];
    const container = await new GenericContainer(registryImage)
      .withNetworkMode('host')
      .withEnvironment(registryEnvironment({ port }))
      .start();
    this.others.push(container);
    await untilReady('the schema registry', container, async () => (await fetch(`${registryUrlOf(port)}/subjects`)).status === 200);
    this.registryUrl = registryUrlOf(port);
  }

  protected async startPostgres(): Promise<void> {
    const [port] = (await freePorts(1)) as [number];
    const options = { port, database: 'tributary', ...credentials };
    const container = await new GenericContainer(postgresImage)
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
    await untilReady('PostgreSQL', container, async () => {
      await createDatabase(databaseUrlOf({ ...options, database: 'postgres' }), options.database);
      return true;
    });
    this.databaseUrl = databaseUrlOf(options);
  }
}
