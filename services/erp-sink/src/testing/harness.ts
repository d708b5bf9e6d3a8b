import { Test } from '@nestjs/testing';
import type { TestingModule } from '@nestjs/testing';
import type { PostingConcluded } from '@tributary/contracts';
import { events } from '@tributary/contracts';
import type { IsWithdrawn } from '@tributary/identity';
import type { ErpConnector, ErpFinding } from '@tributary/connector-kit';
import { InMemorySchemaIds, WireCodec } from '@tributary/messaging';
import type { BreakerFailure, Outgoing, Publisher, RawRecord } from '@tributary/messaging';
import { connectAndMigrate, PayloadCipher } from '@tributary/persistence';
import type { DataSource } from 'typeorm';
import { PostingRequestConsumer } from '../accept/posting-request.consumer.js';
import type { ServedLedger } from '../accept/served-ledgers.js';
import { TargetPauses } from '../emit/target-pauses.js';
import { Sweeper } from '../accept/sweeper.js';
import { ErpSinkModule, ledgerDatabase } from '../erp-sink.module.js';
import { loadErpSinkConfig } from '../erp-sink.config.js';
import { BatchRepository } from '../emit/batches/batch.repository.js';
import { CallLog } from '../emit/calls/call-log.js';
import { CallReader } from '../emit/calls/call.reader.js';
import { LedgerReader } from '../emit/ledger/ledger.reader.js';
import { PostingLedger } from '../emit/ledger/posting-ledger.js';
import { Poster } from '../emit/poster.js';
import { ReleaseDesk } from '../emit/batches/release-desk.js';
import { BatchReleaser } from '../emit/batches/batch-releaser.js';
import { LedgerErasure } from '../emit/ledger/ledger-erasure.js';
import { Retention } from '../emit/ledger/retention.js';
import { TargetCheck } from '../target-check.js';
import { targetConditionOf } from '../target-condition.js';

/** Collects published events, each event id once, as every consumer does. */
export class Published implements Publisher {
  readonly messages = new Map<string, Outgoing>();

  publish(messages: readonly Outgoing[]): Promise<void> {
    for (const message of messages) this.messages.set(`${message.event.type} ${message.id}`, message);
    return Promise.resolve();
  }

  readonly raw: RawRecord[] = [];

  publishRaw(records: readonly RawRecord[]): Promise<void> {
    this.raw.push(...records);
    return Promise.resolve();
  }

  /** Results of a posting key, in the order of their first publication. */
  resultsOf(postingKey: string): string[] {
    return this.conclusions().flatMap((one) => (one.postingKey === postingKey ? [one.result] : []));
  }

  conclusions(): PostingConcluded[] {
    return [...this.messages.values()].flatMap(({ event, value }) =>
      event.type === events.postingConcluded.type ? [value as PostingConcluded] : [],
    );
  }
}

/** One pod of erp-sink without Kafka and without HTTP: its own connections, its own connector. */
export interface Pod {
  readonly poster: Poster;
  readonly ledger: PostingLedger;
  readonly sweeper: Sweeper;
  readonly reader: LedgerReader;
  readonly calls: CallLog;
  readonly batches: BatchRepository;
  readonly releases: ReleaseDesk;
  /** Subjects whose rights were withdrawn. */
  readonly withdrawn: Set<string>;
  readonly releaser: BatchReleaser;
  readonly pauses: TargetPauses;
  readonly consumer: PostingRequestConsumer;
  readonly retention: Retention;
  readonly erasure: LedgerErasure;
  readonly database: DataSource;
  /** The pod as HTTP reads it and gives orders to it. */
  readonly served: ServedLedger;
  /** What its circuit breaker and its connector say. */
  readonly condition: TestCondition;
  close(): Promise<void>;
}

/** Why the circuit breaker of a pod is open, and what its connector finds. */
export interface TestCondition {
  failure: BreakerFailure | undefined;
  findings: readonly ErpFinding[];
}

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Every pod of the tests encrypts what it stores, with the same key. */
export function testPayloads(): PayloadCipher {
  return new PayloadCipher({ keys: () => `test=${Buffer.alloc(32, 7).toString('base64')}` });
}

/**
 * Starts a pod over a migrated database. @param settings environment variables that differ from short test defaults.
 * @param payloads encrypts what it stores.
 */
export async function startPod(
  databaseUrl: string,
  erp: ErpConnector,
  published: Publisher,
  settings: Readonly<Record<string, string>> = {},
  payloads: PayloadCipher = testPayloads(),
): Promise<Pod> {
  const config = loadErpSinkConfig({
    KAFKA_BROKERS: 'none:1',
    SCHEMA_REGISTRY_URL: 'http://none.invalid',
    DATABASE_URL: databaseUrl,
    ERP_TARGET: 'fake-main',
    ERP_SETTLE_MS: '30',
    ERP_PARK_MS: '20',
    ERP_HELD_AFTER_MS: '200',
    ERP_RECHECK_MS: '100,200',
    BATCH_IDLE_MS: '100',
    ...settings,
  });
  const database = ledgerDatabase(databaseUrl, undefined, {}, payloads);
  await connectAndMigrate(database);
  const codec = new WireCodec(new InMemorySchemaIds());
  const withdrawn = new Set<string>();
  const isWithdrawn: IsWithdrawn = ({ subject }) => withdrawn.has(subject);
  const parts = { config, database, connector: erp, publisher: published, codec, groupId: 'tributary-sink-fake-main', isWithdrawn };
  const module: TestingModule = await Test.createTestingModule({ imports: [ErpSinkModule.for(parts)] }).compile();
  const condition: TestCondition = { failure: undefined, findings: [] };
  const check = new TargetCheck('fake-main', () => Promise.resolve(condition.findings), quiet);
  const sources = { target: 'fake-main', connector: erp, database, check, breaker: () => condition.failure };
  return {
    condition,
    served: {
      target: 'fake-main',
      reader: module.get(LedgerReader),
      calls: module.get(CallReader),
      batches: module.get(BatchRepository),
      releases: module.get(ReleaseDesk),
      erasure: module.get(LedgerErasure),
      pauses: module.get(TargetPauses),
      ...targetConditionOf(sources, (token) => module.get(token)),
    },
    poster: module.get(Poster),
    ledger: module.get(PostingLedger),
    sweeper: module.get(Sweeper),
    reader: module.get(LedgerReader),
    calls: module.get(CallLog),
    batches: module.get(BatchRepository),
    releases: module.get(ReleaseDesk),
    withdrawn,
    releaser: module.get(BatchReleaser),
    pauses: module.get(TargetPauses),
    consumer: module.get(PostingRequestConsumer),
    retention: module.get(Retention),
    erasure: module.get(LedgerErasure),
    database,
    close: async () => {
      await module.close();
      await database.destroy();
    },
  };
}
