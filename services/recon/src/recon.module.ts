import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { createKineticConnector, loadKineticConfig } from '@tributary/connector-epicor-kinetic';
import type { KafkaTransport } from '@tributary/messaging';
import { pipelineExceptionFilter } from '@tributary/messaging';
import { databaseProblem } from '@tributary/persistence';
import { createEgressFetch, HealthModule } from '@tributary/platform';
import { DataSource } from 'typeorm';
import { DeadLetterConsumer } from './accept/dead-letter.consumer.js';
import { FactConsumer } from './accept/fact.consumer.js';
import { FeedController } from './accept/feed.controller.js';
import { RawFactConsumer } from './accept/raw-fact.consumer.js';
import { ViewController } from './accept/view.controller.js';
import { EventRepository } from './emit/event.repository.js';
import { CONNECTOR, LedgerChecker } from './emit/ledger-checker.js';
import { ReconciliationRepository } from './emit/reconciliation.repository.js';
import { ViewRepository } from './emit/view.repository.js';
import type { ReconConfig } from './recon.config.js';

/** Providers in walking order: topics in, tables, the ledger read, views out. */
@Module({})
export class ReconModule {
  static for(config: ReconConfig, dataSource: DataSource, transport: KafkaTransport): DynamicModule {
    return {
      module: ReconModule,
      imports: [
        HealthModule.registerAsync({
          inject: [],
          useFactory: () => ({
            ready: [
              { name: 'postgresql', check: () => databaseProblem(dataSource) },
              { name: 'kafka', check: () => transport.health() },
            ],
          }),
        }),
      ],
      controllers: [RawFactConsumer, FactConsumer, DeadLetterConsumer, ViewController, FeedController],
      providers: [
        pipelineExceptionFilter,
        { provide: DataSource, useValue: dataSource },
        EventRepository,
        ReconciliationRepository,
        ViewRepository,
        { provide: CONNECTOR, useFactory: () => connectorFor(process.env) },
        LedgerChecker,
      ],
    };
  }
}

function connectorFor(env: NodeJS.ProcessEnv): ReturnType<typeof createKineticConnector> {
  const kinetic = loadKineticConfig(env);
  const url = env.KINETIC_URL ?? '';
  return createKineticConnector(kinetic, {
    fetch: createEgressFetch({ allow: [url], allowInternal: true, timeoutMs: kinetic.callTimeoutMs }),
  });
}
