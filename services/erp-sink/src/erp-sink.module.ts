import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { orderLimitsFrom } from '@tributary/identity';
import type { IsWithdrawn } from '@tributary/identity';
import type { ErpConnector } from '@tributary/connector-kit';
import { pipelineExceptionFilter, PUBLISHER } from '@tributary/messaging';
import type { Publisher, WireCodec } from '@tributary/messaging';
import { createDataSource } from '@tributary/persistence';
import type { DatabaseFiles, PayloadCipher } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { PostingRequestConsumer } from './accept/posting-request.consumer.js';
import { SWEEP, Sweeper } from './accept/sweeper.js';
import type { SweepOptions } from './accept/sweeper.js';
import { AssignedBatches } from './emit/batches/assigned-batches.js';
import { BatchDocuments } from './emit/batches/batch-documents.js';
import { BatchChooser } from './emit/batches/batch-chooser.js';
import { BatchRepository } from './emit/batches/batch.repository.js';
import { CallLimiter } from './emit/calls/call-limiter.js';
import { CallLog } from './emit/calls/call-log.js';
import { CallRecord } from './emit/calls/call-record.js';
import { CallReader } from './emit/calls/call.reader.js';
import { ConnectorCalls } from './emit/calls/connector-calls.js';
import { PeriodCalendar } from './emit/calls/period-calendar.js';
import { DeadLetters } from './emit/dead-letters.js';
import { DocumentRecorded } from './emit/document-recorded.js';
import { LedgerHealth } from './emit/health/ledger-health.js';
import { DocumentComposer } from './emit/ledger/document-composer.js';
import { LedgerErasure } from './emit/ledger/ledger-erasure.js';
import { LedgerReader } from './emit/ledger/ledger.reader.js';
import { PostingLedger } from './emit/ledger/posting-ledger.js';
import { ledgerMigrations } from './emit/ledger/migrations/index.js';
import { LedgerRepository } from './emit/ledger/ledger.repository.js';
import { OutcomeRepository } from './emit/ledger/outcome.repository.js';
import { TargetPauses } from './emit/target-pauses.js';
import { Poster } from './emit/poster.js';
import { PostingEffects } from './emit/posting-effects.js';
import { BatchReleaser } from './emit/batches/batch-releaser.js';
import { ReleaseDesk } from './emit/batches/release-desk.js';
import { ReleaseOrders } from './emit/batches/release-orders.js';
import { ReleaseStops } from './emit/batches/release-stops.js';
import type { ReleaseRules } from './emit/batches/release-stops.js';
import { Retention } from './emit/ledger/retention.js';
import type { RetentionOptions } from './emit/ledger/retention.js';
import {
  BATCH_POLICY,
  CALL_RETENTION,
  CLAIM_LIMITER,
  CODEC,
  CONNECTOR,
  CONSUMER_GROUP,
  IS_WITHDRAWN,
  PERIODS_MAX_AGE_MS,
  POSTING_POLICY,
  RELEASE_RULES,
  RETENTION,
  TARGET,
} from './emit/tokens.js';
import { ResumablePostings } from './emit/ledger/resumable-postings.js';
import type { ErpSinkConfig } from './erp-sink.config.js';
import { openCallsOf, policiesOf } from './policies.js';

/** Dependencies of the module: all of one target. */
export interface ErpSinkParts {
  readonly config: ErpSinkConfig;
  readonly database: DataSource;
  readonly connector: ErpConnector;
  readonly publisher: Publisher;
  readonly codec: Pick<WireCodec, 'encode'>;
  readonly groupId: string;
  /** Whether the rights of whoever gave or approved an order were withdrawn since; default: never. */
  readonly isWithdrawn?: IsWithdrawn | undefined;
}

const sweepLimit = 100;
const sweepConcurrency = 8;
const defaultPoolSize = 20;
/** Claimed postings per call that may be open: while one is called in the ERP, another one is in the ledger. */
const claimsPerCall = 2;
const purgeIntervalMs = 3_600_000;
const purgeLimit = 1_000;

/** PostgreSQL of this service. Not connected yet. */
export function ledgerDatabase(
  url: string | undefined,
  poolSize: number = defaultPoolSize,
  files: DatabaseFiles = {},
  payloads?: PayloadCipher,
): DataSource {
  return createDataSource({
    url,
    files,
    schema: 'erp_sink',
    migrations: ledgerMigrations,
    poolSize,
    ...(payloads ? { payloads } : {}),
  });
}

/** Wires the sink of one target. Providers are listed in the order in which a request passes them. */
@Module({})
export class ErpSinkModule {
  static for({ config, database, connector, publisher, codec, groupId, isWithdrawn = () => false }: ErpSinkParts): DynamicModule {
    const { posting, batch } = policiesOf(config, connector);
    const openCalls = openCallsOf(config, connector);
    const sweep: SweepOptions = { intervalMs: config.SWEEP_INTERVAL_MS, limit: sweepLimit, concurrency: sweepConcurrency };
    const retention: RetentionOptions = { days: config.ERP_LEDGER_RETENTION_DAYS, intervalMs: purgeIntervalMs, limit: purgeLimit };
    return {
      module: ErpSinkModule,
      controllers: [PostingRequestConsumer],
      providers: [
        pipelineExceptionFilter,
        { provide: DataSource, useValue: database },
        { provide: CONNECTOR, useValue: connector },
        { provide: PUBLISHER, useValue: publisher },
        { provide: CODEC, useValue: codec },
        { provide: CONSUMER_GROUP, useValue: groupId },
        { provide: TARGET, useValue: config.ERP_TARGET },
        { provide: POSTING_POLICY, useValue: posting },
        { provide: BATCH_POLICY, useValue: batch },
        { provide: SWEEP, useValue: sweep },
        { provide: RELEASE_RULES, useValue: releaseRulesOf(config) },
        { provide: IS_WITHDRAWN, useValue: isWithdrawn },
        { provide: RETENTION, useValue: retention },
        { provide: CALL_RETENTION, useValue: { days: config.ERP_CALL_RETENTION_DAYS } },
        { provide: PERIODS_MAX_AGE_MS, useValue: config.ERP_PERIODS_MAX_AGE_MS },
        LedgerErasure,
        Retention,
        Sweeper,
        BatchChooser,
        AssignedBatches,
        BatchDocuments,
        OutcomeRepository,
        LedgerRepository,
        PostingLedger,
        LedgerReader,
        LedgerHealth,
        ResumablePostings,
        { provide: CallRecord, useValue: new CallRecord() },
        ConnectorCalls,
        CallLog,
        CallReader,
        PeriodCalendar,
        DocumentComposer,
        { provide: CallLimiter, useValue: new CallLimiter(openCalls) },
        { provide: CLAIM_LIMITER, useValue: new CallLimiter(claimsPerCall * openCalls) },
        DeadLetters,
        DocumentRecorded,
        TargetPauses,
        PostingEffects,
        Poster,
        ReleaseStops,
        ReleaseOrders,
        BatchRepository,
        ReleaseDesk,
        BatchReleaser,
      ],
    };
  }
}

function releaseRulesOf({ ERP_RELEASE_LIMITS, ERP_RELEASE_APPROVAL_HOURS }: ErpSinkConfig): ReleaseRules {
  return { limits: orderLimitsFrom(ERP_RELEASE_LIMITS, 'documents'), expiresMs: ERP_RELEASE_APPROVAL_HOURS * 3_600_000 };
}
