import { setTimeout as delay } from 'node:timers/promises';
import { topicsToMake } from '@tributary/contracts';
import type { TopicToMake } from '@tributary/contracts';
import { TopicAdmin } from '@tributary/messaging';
import type { KafkaConnection } from '@tributary/messaging';
import { connectionProblem } from '@tributary/platform';
import { registerSchemas } from '../contracts/register.js';
import { publishCurrencies } from './currencies.js';

/** The infrastructure to set up, and what it needs. */
export interface SetUpOptions {
  /** host:port list. */
  readonly brokers: readonly string[];
  /** How both are reached, where they ask for more than an address. */
  readonly access?: Pick<KafkaConnection, 'ssl' | 'sasl' | 'registryFetch'>;
  /** Confluent-compatible address. */
  readonly registryUrl: string;
  readonly targets: readonly string[];
  readonly onProgress?: (line: string) => void;
  /** Longest time for the topics, and for the table of currencies, ms; default: three minutes, less than the Job of the chart may take. */
  readonly kafkaWithinMs?: number;
}

const defaultKafkaWithinMs = 180_000;
/** A refusal names every topic; the first ones say enough. */
const longestProblem = 300;

/**
 * Topics, schemas and the reference table of currencies, made where they are missing; safe to repeat: what an earlier run made stays, and the next one
 * goes on from there. Services create none of them.
 * @throws {Error} whose message is one sentence for whoever installs: which part, where, and what was wrong.
 */
export async function setUp(options: SetUpOptions): Promise<void> {
  const { brokers, registryUrl, targets, access, kafkaWithinMs = defaultKafkaWithinMs } = options;
  const say = options.onProgress ?? (() => undefined);
  const connection = { ...access, brokers, clientId: 'set-up' };
  const at = `in Kafka at ${brokers.join(',')}`;
  await inKafka(`setting up topics ${at}`, kafkaWithinMs, async () => {
    const wanted = topicsToMake({ targets });
    const { created, existing } = await TopicAdmin.ensureTopics(connection, wanted);
    say(`topics: ${created.length} made, ${existing.length} were there`);
    const there = new Set(existing);
    await refuseFewPartitions(
      connection,
      wanted.filter(({ name }) => there.has(name)),
    );
  });
  const send = access?.registryFetch;
  await registerSchemas({ registryUrl, targets, onProgress: say, ...(send ? { send } : {}) });
  await inKafka(`writing currencies ${at}`, kafkaWithinMs, async () =>
    say(`currencies: ${await publishCurrencies({ ...connection, registryUrl })} described`),
  );
}

/** Services work on partition 3 of a topic and of its delay topics together; one that lacks it would lose its retries. @throws naming such topics. */
async function refuseFewPartitions(connection: KafkaConnection, wanted: readonly TopicToMake[]): Promise<void> {
  const { topics } = await TopicAdmin.describe(
    connection,
    wanted.map(({ name }) => name),
  );
  const short = wanted.flatMap(({ name, partitions }) => {
    const has = topics.get(name)?.partitions ?? partitions;
    return has < partitions ? [`${name} has ${has} partitions and needs ${partitions}`] : [];
  });
  if (short.length > 0)
    throw new Error(
      `topics that were there are not as this release needs them: ${short.join('; ')}. Remove those without messages, and this makes them (docs/installation-findings.md)`,
    );
}

/** Work with Kafka, within a time. @throws {Error} one sentence. */
async function inKafka(doing: string, withinMs: number, work: () => Promise<void>): Promise<void> {
  const over = new AbortController();
  const late = delay(withinMs, undefined, { signal: over.signal }).then(() => {
    throw new Error(`no answer within ${withinMs / 1_000} s`);
  });
  late.catch(() => undefined);
  try {
    await Promise.race([work(), late]);
  } catch (error) {
    const problem = connectionProblem(error);
    throw new Error(`${doing}: ${problem.length > longestProblem ? `${problem.slice(0, longestProblem)} ...` : problem}`, { cause: error });
  } finally {
    over.abort();
  }
}
