import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import type { KafkaTransport, Publisher } from '@tributary/messaging';
import { pipelineExceptionFilter, PUBLISHER, RegistrySchemaIds } from '@tributary/messaging';
import { databaseProbe } from '@tributary/persistence';
import { HealthModule } from '@tributary/platform';
import { connectorsOf } from '@tributary/target-registry';
import { DataSource } from 'typeorm';
import { DeadLetterConsumer } from './accept/dead-letter.consumer.js';
import { DeadLetterStatusConsumer } from './accept/dead-letter-status.consumer.js';
import { DeadLetterController } from './accept/dead-letters/dead-letter.controller.js';
import { OrderController } from './accept/dead-letters/order.controller.js';
import { FactConsumer } from './accept/fact.consumer.js';
import { FeedController } from './accept/feed.controller.js';
import { PaymentNewsConsumer } from './accept/payment-news.consumer.js';
import { RawFactConsumer } from './accept/raw-fact.consumer.js';
import { RecordListController } from './accept/record-list.controller.js';
import { ViewController } from './accept/view.controller.js';
import { ASSETS_DIR } from './emit/asset-reader.js';
import { EventTranslator } from './emit/dead-letters/event-translator.js';
import { DeadLetterInspector } from './emit/dead-letters/dead-letter.inspector.js';
import { DeadLetterRecorder } from './emit/dead-letters/dead-letter.recorder.js';
import { DeadLetterRepository } from './emit/dead-letters/dead-letter.repository.js';
import { REDELIVERY_DELAY_MS, ReplayDispatcher } from './emit/dead-letters/replay.dispatcher.js';
import { OrderRepository } from './emit/dead-letters/order.repository.js';
import { OrderStatusPublisher } from './emit/dead-letters/order-status.publisher.js';
import { OrderWorker } from './emit/dead-letters/order.worker.js';
import { PayloadReader, SCHEMA_IDS } from './emit/dead-letters/payload.reader.js';
import { EventRepository } from './emit/event.repository.js';
import { LEDGER_CONNECTORS, LedgerChecker } from './emit/ledger-checker.js';
import { RecordListRepository } from './emit/record-list.repository.js';
import { ReconciliationRepository } from './emit/reconciliation.repository.js';
import { OverviewRepository } from './emit/overview.repository.js';
import { PaymentFactsRepository } from './emit/payment-facts.repository.js';
import { PaymentRepository } from './emit/payment.repository.js';
import { ViewRepository } from './emit/view.repository.js';
import type { ReconConfig } from './recon.config.js';
import { ledgersOf } from './recon.config.js';

/** Providers in walking order: topics in, tables, the ledger read, views out. */
@Module({})
export class ReconModule {
  static for(config: ReconConfig, dataSource: DataSource, transport: KafkaTransport, publisher: Publisher): DynamicModule {
    return {
      module: ReconModule,
      imports: [
        HealthModule.registerAsync({
          inject: [],
          useFactory: () => ({
            ready: [
              { ...databaseProbe(dataSource), formerName: 'postgresql' },
              { name: 'kafka', check: () => transport.health() },
            ],
          }),
        }),
      ],
      controllers: [
        RawFactConsumer,
        FactConsumer,
        PaymentNewsConsumer,
        DeadLetterConsumer,
        DeadLetterStatusConsumer,
        ViewController,
        RecordListController,
        FeedController,
        DeadLetterController,
        OrderController,
      ],
      providers: [
        pipelineExceptionFilter,
        { provide: DataSource, useValue: dataSource },
        { provide: PUBLISHER, useValue: publisher },
        { provide: SCHEMA_IDS, useFactory: () => new RegistrySchemaIds(config.SCHEMA_REGISTRY_URL) },
        EventRepository,
        PayloadReader,
        DeadLetterRecorder,
        ReconciliationRepository,
        PaymentFactsRepository,
        ViewRepository,
        RecordListRepository,
        PaymentRepository,
        OverviewRepository,
        { provide: LEDGER_CONNECTORS, useFactory: () => connectorsOf(ledgersOf(config), process.env) },
        LedgerChecker,
        { provide: ASSETS_DIR, useValue: config.TRIBUTARY_ASSETS_DIR },
        { provide: REDELIVERY_DELAY_MS, useValue: config.DEAD_LETTER_GIVE_AGAIN_MS },
        DeadLetterRepository,
        { provide: EventTranslator, useFactory: () => new EventTranslator(config.TRANSFORM_URL) },
        DeadLetterInspector,
        OrderRepository,
        ReplayDispatcher,
        OrderStatusPublisher,
        OrderWorker,
      ],
    };
  }
}
