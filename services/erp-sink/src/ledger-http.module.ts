import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { pipelineExceptionFilter } from '@tributary/messaging';
import { databaseClient, reportToAudit } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { HealthModule, LOG_LEVEL_AUDIT, LogLevelController, OPENAPI_SERVICE, OpenApiController } from '@tributary/platform';
import type { HealthProbe, LogLevelAudit } from '@tributary/platform';
import { BatchOrderController } from './accept/batch-order.controller.js';
import { CallController } from './accept/call.controller.js';
import { ErasureController } from './accept/erasure.controller.js';
import { ReleaseOrderController } from './accept/release-order.controller.js';
import { LedgerController } from './accept/ledger.controller.js';
import { TargetController } from './accept/target.controller.js';
import { ServedLedgers } from './accept/served-ledgers.js';
import { BatchRepository } from './emit/batches/batch.repository.js';
import { ReleaseDesk } from './emit/batches/release-desk.js';
import { CallReader } from './emit/calls/call.reader.js';
import { LedgerErasure } from './emit/ledger/ledger-erasure.js';
import { TargetPauses } from './emit/target-pauses.js';
import { LedgerReader } from './emit/ledger/ledger.reader.js';
import type { TargetSink } from './target-sink.js';

/** HTTP of the process: health, metrics, and the ledgers of its targets. */
@Module({})
export class LedgerHttpModule {
  /** @param sinks created ones. */
  static for(sinks: readonly TargetSink[]): DynamicModule {
    const ledgers = sinks.map((sink) => ({
      target: sink.target,
      reader: sink.get(LedgerReader),
      calls: sink.get(CallReader),
      batches: sink.get(BatchRepository),
      releases: sink.get(ReleaseDesk),
      erasure: sink.get(LedgerErasure),
      pauses: sink.get(TargetPauses),
      ...sink.condition,
    }));
    return {
      module: LedgerHttpModule,
      imports: [HealthModule.registerAsync({ inject: [], useFactory: () => ({ ready: probesOf(sinks) }) })],
      controllers: [
        LedgerController,
        CallController,
        BatchOrderController,
        ReleaseOrderController,
        ErasureController,
        TargetController,
        LogLevelController,
        OpenApiController,
      ],
      providers: [
        pipelineExceptionFilter,
        { provide: OPENAPI_SERVICE, useValue: 'erp-sink' },
        { provide: ServedLedgers, useValue: new ServedLedgers(ledgers) },
        { provide: LOG_LEVEL_AUDIT, useValue: auditOf(sinks) },
      ],
    };
  }
}

/** Reports to recon by the outbox of the database, which all targets of the process share. */
function auditOf([sink]: readonly TargetSink[]): LogLevelAudit {
  return {
    service: 'erp-sink',
    async record(deed) {
      if (!sink) return;
      const query = databaseClient(sink.get(DataSource), 'reporting a change of the log').query;
      await reportToAudit(query, 'erp_sink', { ...deed, details: { ...deed.details } });
    },
  };
}

/** Of several targets each probe has the target in its name. */
function probesOf(sinks: readonly TargetSink[]): HealthProbe[] {
  return sinks.flatMap(({ target, probes }) =>
    sinks.length === 1 ? probes : probes.map(({ name, check }) => ({ name: `${target}.${name}`, check })),
  );
}
