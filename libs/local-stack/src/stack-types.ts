import { randomBytes } from 'node:crypto';

/** What a test asks for and what it gets, whatever starts it (start-stack.ts). */
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
  /** A second listener that asks for unsigned tokens (SASL/OAUTHBEARER): `tokenBrokers`. Implies `own`. */
  readonly tokens?: boolean;
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
  sigstop(): void | Promise<void>;
  sigcont(): void | Promise<void>;
}

export interface Stack {
  readonly brokers: string[];
  /** The same brokers where they ask for a token. Empty when `tokens` was not asked for. */
  readonly tokenBrokers: string[];
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

/** Partitions of a topic when a test does not say. */
export const defaultPartitions = 4;
/** Of the databases that tests get. */
export const credentials = { user: 'tributary', password: 'tributary' } as const;

/** A name that no other test uses: `base-<random>`. */
export function uniqueName(base: string): string {
  return `${base}-${randomBytes(5).toString('hex')}`;
}
