import type { DynamicModule, INestMicroservice, LoggerService } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { topics } from '@tributary/contracts';
import { PipelineError } from '@tributary/domain';
import { GroupAdmin, KafkaTransport, pipelineExceptionFilter, RegistrySchemaIds, spansOf } from '@tributary/messaging';
import type { KafkaConnection, Publisher } from '@tributary/messaging';
import { DataSource } from 'typeorm';
import { DeadLetterStatusConsumer } from '../desk/accept/dead-letter-status.consumer.js';
import { DeadLetterConsumer } from '../desk/accept/dead-letter.consumer.js';
import { FactConsumer } from '../intake/accept/fact.consumer.js';
import { PaymentNewsConsumer } from '../intake/accept/payment-news.consumer.js';
import { PostingRequestConsumer } from '../intake/accept/posting-request.consumer.js';
import { DocumentRepository } from '../intake/emit/document.repository.js';
import { RawFactConsumer } from '../intake/accept/raw-fact.consumer.js';
import { DeadLetterRecorder } from '../desk/emit/dead-letter.recorder.js';
import { MESSAGE_SEALS } from '../desk/emit/sealed-replay.js';
import { PayloadReader, SCHEMA_IDS } from '../desk/emit/payload.reader.js';
import { Erasures } from '../personal-data/emit/erasures.js';
import { TextRetention } from '../personal-data/emit/text-retention.js';
import { EventRepository } from '../intake/emit/event.repository.js';
import { PaymentFactsRepository } from '../intake/emit/payment-facts.repository.js';
import { reconGroup, reconTopics } from '../recon.topics.js';
import { digestViews, viewTables } from './views-digest.js';
import type { ViewsDigest } from './views-digest.js';

/** recon is at work on its views: they are not rebuilt meanwhile. */
export class ViewsInUseError extends PipelineError {
  readonly code = 'rebuild.views-in-use';
  readonly disposition = 'reject';
}

/** The topics do not go back as far as the views. */
export class ViewsOutliveTopicsError extends PipelineError {
  readonly code = 'rebuild.topics-too-short';
  readonly disposition = 'reject';
}

/** Settings of a rebuild. */
export interface ViewsRebuildOptions {
  readonly database: DataSource;
  readonly connection: KafkaConnection;
  readonly registryUrl: string;
  readonly targets: readonly string[];
  readonly publisher: Publisher;
  /** Accepts that deliveries which the topic no longer retains are lost from the counts. */
  readonly forgetExpired: boolean;
  /** The views keep names and other texts about people so long. */
  readonly textRetentionDays: number;
  readonly sessionTimeoutMs?: number;
  readonly logger: LoggerService;
  /** @param left number of records still to be read. */
  onProgress(left: number): void;
  readonly signal: AbortSignal;
}

/** Result of a rebuild. */
export interface ViewsRebuilt {
  readonly before: ViewsDigest;
  readonly after: ViewsDigest;
  readonly records: number;
}

const pollMs = 500;
const concurrency = 32;
const eventsAtOnce = 200;

/**
 * Rebuilds the views from topics alone (I9), with the consumers that recon itself uses: resets the offsets of the group, empties the
 * tables, and reads all topics to the end; texts that are older than they may be are overwritten again, and those of customers who were erased. The group is reset before the tables are emptied, so that after a crash in between every
 * consumer reads from the start. After a later crash, recon itself continues.
 * @throws {ViewsInUseError | ViewsOutliveTopicsError} before anything is changed.
 */
export async function rebuildViews(options: ViewsRebuildOptions): Promise<ViewsRebuilt> {
  const { database, connection, targets, signal } = options;
  const members = await GroupAdmin.members(connection, reconGroup);
  if (members > 0)
    throw new ViewsInUseError(
      `rebuilding the views: ${members} members are in group ${reconGroup}. Stop recon; one that was killed leaves the group by itself within its session timeout`,
      { group: reconGroup },
    );
  if (!options.forgetExpired) await refuseToForget(options);
  const read = reconTopics(targets);
  const before = await digestViews(database);
  await GroupAdmin.rewind(connection, reconGroup);
  await database.query(`truncate ${viewTables.map((table) => `recon.${table}`).join(', ')}`);
  const records = (await spansOf(connection, read)).reduce((sum, { from, to }) => sum + Number(to - from), 0);
  const reading = await startReading(options, read);
  try {
    for (;;) {
      const left = Number(await GroupAdmin.lag(connection, reconGroup, read));
      options.onProgress(left);
      if (left === 0) break;
      signal.throwIfAborted();
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  } finally {
    await reading.close();
  }
  await new TextRetention(database, { days: options.textRetentionDays, limit: eventsAtOnce }).purge(signal);
  await new Erasures(database).again(signal);
  return { before, after: await digestViews(database), records };
}

/** Refuses when deliveries that were counted are no longer in the topic: they would be missing from the counts for good (I2). */
async function refuseToForget({ database, connection }: ViewsRebuildOptions): Promise<void> {
  const spans = await spansOf(connection, [topics.stripeEvents]);
  const oldest = await database.query<{ partition: number; first: string }[]>(
    'select partition, min("offset") as first from recon.delivery group by partition',
  );
  const short = oldest.filter(({ partition, first }) => BigInt(first) < (spans.find((span) => span.partition === partition)?.from ?? 0n));
  if (short.length > 0)
    throw new ViewsOutliveTopicsError(
      `rebuilding the views: ${topics.stripeEvents} has forgotten deliveries that are counted (partitions ${short.map(({ partition }) => partition).join(', ')}). They would be gone from the views: run it with --forget-expired if that is wanted`,
      { topic: topics.stripeEvents },
    );
}

/** Only the consumers: no HTTP, no ledger lookups, no replay orders. */
@Module({})
class ReadingModule {
  static for({ database, registryUrl, connection }: ViewsRebuildOptions): DynamicModule {
    return {
      module: ReadingModule,
      controllers: [
        RawFactConsumer,
        FactConsumer,
        PaymentNewsConsumer,
        PostingRequestConsumer,
        DeadLetterConsumer,
        DeadLetterStatusConsumer,
      ],
      providers: [
        pipelineExceptionFilter,
        { provide: DataSource, useValue: database },
        { provide: SCHEMA_IDS, useFactory: () => new RegistrySchemaIds(registryUrl, connection.registryFetch) },
        { provide: MESSAGE_SEALS, useValue: connection.seals },
        EventRepository,
        DocumentRepository,
        PaymentFactsRepository,
        PayloadReader,
        DeadLetterRecorder,
      ],
    };
  }
}

async function startReading(options: ViewsRebuildOptions, read: readonly string[]): Promise<INestMicroservice> {
  const strategy = new KafkaTransport({
    ...options.connection,
    groupId: reconGroup,
    topics: read,
    registryUrl: options.registryUrl,
    publisher: options.publisher,
    concurrency,
    ...(options.sessionTimeoutMs === undefined ? {} : { sessionTimeoutMs: options.sessionTimeoutMs }),
  });
  const app = await NestFactory.createMicroservice(ReadingModule.for(options), { strategy, logger: options.logger, abortOnError: false });
  await app.listen();
  return app;
}
