import { randomBytes } from 'node:crypto';

/** Which parts of a stack a test needs (start-stack.ts). */
export interface StackOptions {
  readonly kafka?: boolean;
  readonly registry?: boolean;
  readonly postgres?: boolean;
  /** Topics to create, with `partitions` partitions each and a replica on every broker. */
  readonly topics?: readonly string[];
  /** Partitions of each of `topics`; default 4. */
  readonly partitions?: number;
  /** 3: a cluster of three nodes, three replicas, two in sync. Default 1. */
  readonly brokers?: 1 | 3;
  /** A second listener that asks for unsigned tokens (SASL/OAUTHBEARER): `tokenBrokers`. Implies `own`. */
  readonly tokens?: boolean;
  /** Further broker properties, e.g. `message.max.bytes`. Implies `own`. */
  readonly brokerConfig?: Readonly<Record<string, string>>;
  /** Never reuse a running stack: for tests that kill or stop the broker. */
  readonly own?: boolean;
}

/** One broker process, which a test may kill, stop or freeze. */
export interface BrokerHandle {
  /** host:port, the same after a restart. */
  readonly address: string;
  /** SIGKILL. */
  kill9(): Promise<void>;
  /** SIGTERM: a controlled shutdown. */
  stop(): Promise<void>;
  /** Starts it again with its data; resolves when it answers. */
  start(): Promise<void>;
  /** SIGSTOP: connections stay open and nothing answers. */
  sigstop(): void | Promise<void>;
  /** SIGCONT: it continues. */
  sigcont(): void | Promise<void>;
}

/** A running stack. Addresses are empty for parts that were not asked for. */
export interface Stack {
  readonly brokers: string[];
  /** The same brokers at the listener that asks for a token. Empty when `tokens` was not asked for. */
  readonly tokenBrokers: string[];
  /** Confluent-compatible address, up to and including /apis/ccompat/v7. Empty when no registry was asked for. */
  readonly registryUrl: string;
  /** postgres:// address of an empty database of this stack's own. Empty when no database was asked for. */
  readonly databaseUrl: string;
  /** The only or the first broker. */
  readonly broker: BrokerHandle;
  readonly nodes: readonly BrokerHandle[];
  /** Creates further topics; those that exist already are left alone. */
  createTopics(names: readonly string[], partitions?: number, config?: Readonly<Record<string, string>>): Promise<void>;
  /** Ends every part and removes the data. */
  stop(): Promise<void>;
}

/** Partitions of a topic by default. */
export const defaultPartitions = 4;
/** User and password of the databases that tests get. */
export const credentials = { user: 'tributary', password: 'tributary' } as const;

/** A name that no other test uses: `base-<random>`. */
export function uniqueName(base: string): string {
  return `${base}-${randomBytes(5).toString('hex')}`;
}
