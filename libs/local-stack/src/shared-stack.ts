import { createTopics } from './kafka-wire.js';
import { createDatabase, dropDatabase } from './database.js';
import { StackError } from './stack-error.js';
import { defaultPartitions, uniqueName } from './stack-types.js';
import type { BrokerHandle, Stack, StackOptions } from './stack-types.js';

/** Addresses of a running stack: the JSON value of TRIBUTARY_TEST_STACK. */
export interface RunningStack {
  readonly brokers: string[];
  readonly registryUrl: string;
  readonly databaseUrl: string;
}

/** A running stack for one test: shared broker and registry, a database of its own. */
export async function shareStack(running: RunningStack, options: StackOptions): Promise<Stack> {
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
    throw new StackError('stack.shared', 'stopping or freezing a shared broker is refused: start this stack with `own: true`');
  };
  const broker: BrokerHandle = { address, kill9: refuse, stop: refuse, start: refuse, sigstop: refuse, sigcont: refuse };
  return {
    brokers: running.brokers,
    tokenBrokers: [],
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
