import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { Logger, Module } from '@nestjs/common';
import { createStripeClient, StripeReader } from '@tributary/connector-stripe';
import { orderLimitsFrom } from '@tributary/identity';
import type { KafkaConnection, KafkaTransport, MessageSeals, Publisher } from '@tributary/messaging';
import { pipelineExceptionFilter, PUBLISHER, RegistrySchemaIds } from '@tributary/messaging';
import { databaseProbe, PayloadEncryptionWorker } from '@tributary/persistence';
import {
  createEgressFetch,
  HealthModule,
  listOf,
  LOG_LEVEL_AUDIT,
  LogLevelController,
  OPENAPI_SERVICE,
  OpenApiController,
  optionalSecret,
  refusePlainHttp,
  registryFetchOf,
} from '@tributary/platform';
import type { LogLevelAudit, TokenSource } from '@tributary/platform';
import { connectorsOf } from '@tributary/target-registry';
import { DataSource } from 'typeorm';
import { READ_SETTINGS, SettingsController } from './about/accept/settings.controller.js';
import { reconSettings } from './about/recon-settings.js';
import { AuditController } from './audit/accept/audit.controller.js';
import { AuditFileController } from './audit/accept/audit-file.controller.js';
import { LogLevelDeedController } from './audit/accept/log-level-deed.controller.js';
import { AuditVerificationController } from './audit/accept/audit-verification.controller.js';
import { ANCHOR_SETTINGS, AuditAnchorWorker } from './audit/emit/audit-anchor.worker.js';
import type { AnchorSettings } from './audit/emit/audit-anchor.worker.js';
import { AuditTrail } from './audit/emit/audit-trail.js';
import { AuditVerifier } from './audit/emit/audit-verifier.js';
import { DeadLetterConsumer } from './desk/accept/dead-letter.consumer.js';
import { DeadLetterStatusConsumer } from './desk/accept/dead-letter-status.consumer.js';
import { DeadLetterController } from './desk/accept/dead-letter.controller.js';
import { LetterCaseController } from './desk/accept/letter-case.controller.js';
import { DeskFileController } from './desk/accept/desk-file.controller.js';
import { LetterFileController } from './desk/accept/letter-file.controller.js';
import { OrderController } from './desk/accept/order.controller.js';
import { InstallationController } from './installation/accept/installation.controller.js';
import { installationChecks } from './installation/emit/installation-checks.js';
import { INSTALLATION_CHECKS, InstallationExaminer } from './installation/emit/installation-examiner.js';
import { FactConsumer } from './intake/accept/fact.consumer.js';
import { FeedController } from './views/accept/feed.controller.js';
import { PaymentNewsConsumer } from './intake/accept/payment-news.consumer.js';
import { RawFactConsumer } from './intake/accept/raw-fact.consumer.js';
import { RecordFileController } from './views/accept/record-file.controller.js';
import { RecordListController } from './views/accept/record-list.controller.js';
import { PaymentFileController } from './views/accept/payment-file.controller.js';
import { SearchController } from './views/accept/search.controller.js';
import { ViewController } from './views/accept/view.controller.js';
import { CustomerController } from './customers/accept/customer.controller.js';
import { CustomerQuestions } from './customers/emit/customer-questions.js';
import { CustomerRepository } from './customers/emit/customer.repository.js';
import { BooksController } from './books/accept/books.controller.js';
import { MovementController } from './books/accept/movement.controller.js';
import { CompanyFormatController } from './books/accept/company-format.controller.js';
import { BookedJournals } from './books/emit/booked-journals.js';
import { BooksFiguresWorker } from './books/emit/books-figures.worker.js';
import { BooksReader } from './books/emit/books.reader.js';
import { MovementListRepository } from './books/emit/movement-list.repository.js';
import { MovementRepository } from './books/emit/movement.repository.js';
import { StripeBalanceReader } from './books/emit/stripe-balance.reader.js';
import { DocumentRepository } from './intake/emit/document.repository.js';
import { PostingRequestConsumer } from './intake/accept/posting-request.consumer.js';
import { ASSET_TARGETS, ASSETS_DIR } from './desk/emit/asset-reader.js';
import { EventTranslator } from './desk/emit/event-translator.js';
import { DeadLetterInspector } from './desk/emit/dead-letter.inspector.js';
import { DeadLetterRecorder } from './desk/emit/dead-letter.recorder.js';
import { OrderSteeringRepository } from './desk/emit/order-steering.repository.js';
import { OrderedLetterRepository } from './desk/emit/ordered-letter.repository.js';
import { SequenceListRepository } from './desk/emit/sequence-list.repository.js';
import { LetterTotals } from './desk/emit/letter-totals.js';
import { DeadLetterRepository } from './desk/emit/dead-letter.repository.js';
import { REDELIVERY_DELAY_MS, ReplayDispatcher } from './desk/emit/replay.dispatcher.js';
import { MESSAGE_SEALS } from './desk/emit/sealed-replay.js';
import { ApprovalRepository } from './desk/emit/approval.repository.js';
import { LetterCaseReader } from './desk/emit/letter-case.reader.js';
import { LetterTalk } from './desk/emit/letter-talk.js';
import { PayloadReads } from './desk/emit/payload-reads.js';
import { LedgerLookup } from './desk/emit/ledger-lookup.js';
import { OrderChecks } from './desk/emit/order-checks.js';
import { APPROVAL_RULES, OrderRepository } from './desk/emit/order.repository.js';
import { OrderListRepository } from './desk/emit/order-list.repository.js';
import { IS_WITHDRAWN } from './desk/emit/order-rights.js';
import type { IsWithdrawn } from './desk/emit/order-rights.js';
import type { ApprovalRules } from './desk/emit/order.repository.js';
import { OrderStatusPublisher } from './desk/emit/order-status.publisher.js';
import { OrderWorker } from './desk/emit/order.worker.js';
import { PayloadReader, SCHEMA_IDS } from './desk/emit/payload.reader.js';
import { PAYLOAD_RETENTION, PayloadRetention } from './desk/emit/payload-retention.js';
import type { PayloadRetentionOptions } from './desk/emit/payload-retention.js';
import { ErasureController, KEPT_TOPICS } from './personal-data/accept/erasure.controller.js';
import { keptTopics } from './personal-data/emit/kept-topics.js';
import { Erasures } from './personal-data/emit/erasures.js';
import { RetentionWorker } from './personal-data/emit/retention.worker.js';
import { TEXT_RETENTION, TextRetention } from './personal-data/emit/text-retention.js';
import type { TextRetentionOptions } from './personal-data/emit/text-retention.js';
import { EventRepository } from './intake/emit/event.repository.js';
import { ACCOUNT_ROLES, EffectChecker } from './reconciliation/emit/effect-checker.js';
import { LEDGER_CONNECTORS } from './reconciliation/emit/ledger-connectors.js';
import { EffectRepository } from './reconciliation/emit/effect.repository.js';
import { LedgerChecker } from './reconciliation/emit/ledger-checker.js';
import { accountRolesIn } from './books/emit/account-roles.js';
import { DocumentComparisonController } from './views/accept/document-comparison.controller.js';
import { DocumentComparisonRepository } from './views/emit/document-comparison.repository.js';
import { RecordListRepository } from './views/emit/record-list.repository.js';
import { ReconciliationRepository } from './reconciliation/emit/reconciliation.repository.js';
import { FiguresWorker } from './views/emit/figures.worker.js';
import { OverviewRepository } from './views/emit/overview.repository.js';
import { KeptSumsWorker } from './views/emit/kept-sums.worker.js';
import { SeenRowsWorker } from './reconciliation/emit/seen-rows.worker.js';
import { PaymentFactsRepository } from './intake/emit/payment-facts.repository.js';
import { DOCUMENT_LINKS, PaymentRepository } from './views/emit/payment.repository.js';
import { LOADED_RULES, rulesIn } from './views/emit/loaded-rules.js';
import { parseDocumentLinks } from './views/decide/document-links.js';
import { SearchRepository } from './views/emit/search.repository.js';
import { ViewRepository } from './views/emit/view.repository.js';
import { NotificationController } from './notifications/accept/notification.controller.js';
import { notificationProviders } from './notifications/notification.providers.js';
import { MessageController } from './messages/accept/message.controller.js';
import { messageProviders } from './messages/message-parts.js';
import { TodayController } from './today/accept/today.controller.js';
import { TargetOutcomesController } from './today/accept/target-outcomes.controller.js';
import { TargetOutcomesRepository } from './today/emit/target-outcomes.repository.js';
import { TodayReader } from './today/emit/today.reader.js';
import { TodayRepository } from './today/emit/today.repository.js';
import { reconPayloads } from './payload-tables.js';
import type { ReconConfig } from './recon.config.js';
import { assetTargetsOf, ledgersOf } from './recon.config.js';

/** What recon talks to others with. */
export interface Surroundings {
  readonly transport: KafkaTransport;
  readonly publisher: Publisher;
  /** Brokers, with seals where keys are configured. */
  readonly connection: KafkaConnection;
  /** Say to other services that recon calls; undefined where no identity is configured. */
  readonly tokens?: TokenSource | undefined;
  /** Whether the rights of whoever gave or approved an order were withdrawn since. */
  readonly isWithdrawn?: IsWithdrawn;
}

/** Consumers of topics in the order of the data flow, then what HTTP answers. */
const controllers: Type[] = [
  RawFactConsumer,
  FactConsumer,
  PaymentNewsConsumer,
  PostingRequestConsumer,
  DeadLetterConsumer,
  DeadLetterStatusConsumer,
  ViewController,
  SearchController,
  PaymentFileController,
  RecordListController,
  RecordFileController,
  MessageController,
  DocumentComparisonController,
  FeedController,
  CustomerController,
  LetterFileController,
  DeskFileController,
  DeadLetterController,
  LetterCaseController,
  OrderController,
  AuditVerificationController,
  AuditController,
  LogLevelDeedController,
  AuditFileController,
  BooksController,
  CompanyFormatController,
  MovementController,
  NotificationController,
  LogLevelController,
  OpenApiController,
  TodayController,
  TargetOutcomesController,
  ErasureController,
  SettingsController,
  InstallationController,
];

/** Workers that keep figures of all rows, so that nobody waits for them. */
const keptFigures = [FiguresWorker, KeptSumsWorker, SeenRowsWorker];

/** Providers in the order of the data flow: consumers, tables, ledger lookups, views. */
@Module({})
export class ReconModule {
  static for(
    config: ReconConfig,
    dataSource: DataSource,
    { transport, publisher, connection, tokens, isWithdrawn = () => false }: Surroundings,
  ): DynamicModule {
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
      controllers,
      providers: [
        pipelineExceptionFilter,
        { provide: OPENAPI_SERVICE, useValue: 'recon' },
        { provide: DataSource, useValue: dataSource },
        { provide: PUBLISHER, useValue: publisher },
        { provide: SCHEMA_IDS, useFactory: () => new RegistrySchemaIds(config.SCHEMA_REGISTRY_URL, registryFetchOf(config)) },
        ...auditProviders(config),
        EventRepository,
        DocumentRepository,
        PayloadReader,
        DeadLetterRecorder,
        ReconciliationRepository,
        PaymentFactsRepository,
        ViewRepository,
        SearchRepository,
        RecordListRepository,
        DocumentComparisonRepository,
        { provide: LOADED_RULES, useValue: rulesIn(config.TRIBUTARY_ASSETS_DIR, assetTargetsOf(config)) },
        { provide: DOCUMENT_LINKS, useValue: parseDocumentLinks(config.RECON_DOCUMENT_LINKS) },
        PaymentRepository,
        OverviewRepository,
        ...keptFigures,
        CustomerQuestions,
        CustomerRepository,
        { provide: LEDGER_CONNECTORS, useFactory: () => connectorsOf(ledgersOf(config), process.env) },
        EffectRepository,
        { provide: ACCOUNT_ROLES, useFactory: () => accountRolesIn(config.TRIBUTARY_ASSETS_DIR) },
        EffectChecker,
        LedgerChecker,
        { provide: IS_WITHDRAWN, useValue: isWithdrawn },
        ...deskProviders(config, connection.seals, tokens),
        payloadEncryption(dataSource),
        ...booksProviders(config),
        ...notificationProviders(config),
        ...retentionProviders(config),
        { provide: READ_SETTINGS, useValue: reconSettings(config, new Date().toISOString()) },
        ...messageProviders(config, connection),
        ...installationProviders(config, dataSource, connection),
      ],
    };
  }
}

/** Encrypts in the background what was stored before there were keys, or with an older one. */
function payloadEncryption(database: DataSource): Provider {
  const logger = new Logger(PayloadEncryptionWorker.name);
  const log = { info: (text: string): void => logger.log(text), warn: (text: string): void => logger.warn(text) };
  return { provide: PayloadEncryptionWorker, useFactory: () => new PayloadEncryptionWorker({ database, tables: reconPayloads, log }) };
}

/** The reader of the Stripe API; undefined without an API key, which the books report as a problem. */
function stripeReaderFor(config: ReconConfig): StripeReader | undefined {
  const apiKey = optionalSecret(config, 'STRIPE_API_KEY');
  if (!apiKey) return undefined;
  // Stripe's API is public, so internal addresses are refused; only an emulator runs inside the cluster.
  refusePlainHttp(process.env, [config.STRIPE_API_URL]);
  const allowInternal = new URL(config.STRIPE_API_URL).hostname !== 'api.stripe.com';
  const client = createStripeClient({
    apiKey,
    apiUrl: config.STRIPE_API_URL,
    apiVersion: config.STRIPE_API_VERSION,
    timeoutMs: config.STRIPE_CALL_TIMEOUT_MS,
    fetch: createEgressFetch({ allow: [config.STRIPE_API_URL], allowInternal, timeoutMs: config.STRIPE_CALL_TIMEOUT_MS }),
  });
  return new StripeReader(client, { ratePerSecond: config.STRIPE_CALLS_PER_SECOND, maxWaitMs: config.STRIPE_MAX_WAIT_MS });
}

function deskProviders(config: ReconConfig, seals: MessageSeals | undefined, tokens: TokenSource | undefined): Provider[] {
  return [
    { provide: ASSETS_DIR, useValue: config.TRIBUTARY_ASSETS_DIR },
    { provide: ASSET_TARGETS, useValue: assetTargetsOf(config) },
    { provide: REDELIVERY_DELAY_MS, useValue: config.DEAD_LETTER_GIVE_AGAIN_MS },
    { provide: MESSAGE_SEALS, useValue: seals },
    DeadLetterRepository,
    SequenceListRepository,
    LetterTotals,
    { provide: EventTranslator, useFactory: () => new EventTranslator(config.TRANSFORM_URL, tokens, config) },
    DeadLetterInspector,
    PayloadReads,
    LetterTalk,
    LetterCaseReader,
    {
      provide: APPROVAL_RULES,
      useValue: {
        limits: orderLimitsFrom(config.RECON_ORDER_LIMITS),
        expiresMs: config.RECON_APPROVAL_HOURS * 3_600_000,
      } satisfies ApprovalRules,
    },
    LedgerLookup,
    OrderChecks,
    OrderRepository,
    OrderListRepository,
    OrderSteeringRepository,
    OrderedLetterRepository,
    ApprovalRepository,
    ReplayDispatcher,
    OrderStatusPublisher,
    OrderWorker,
    {
      provide: PAYLOAD_RETENTION,
      useValue: { days: config.RECON_PAYLOAD_RETENTION_DAYS, limit: 1_000 } satisfies PayloadRetentionOptions,
    },
    PayloadRetention,
  ];
}

/** What deletes by age, and what is erased for a customer. */
function retentionProviders(config: ReconConfig): Provider[] {
  const texts: TextRetentionOptions = { days: config.RECON_TEXT_RETENTION_DAYS, limit: 200 };
  return [
    { provide: TEXT_RETENTION, useValue: texts },
    { provide: KEPT_TOPICS, useValue: keptTopics(listOf(config.RECON_TARGETS)) },
    TextRetention,
    Erasures,
    RetentionWorker,
  ];
}

/** What examines the installation with the connections that recon has. */
function installationProviders(config: ReconConfig, database: DataSource, connection: KafkaConnection): Provider[] {
  const registry = { registryUrl: config.SCHEMA_REGISTRY_URL, registryFetch: registryFetchOf(config) };
  const checks = installationChecks({ connection, database, ...registry, targets: listOf(config.RECON_TARGETS) });
  return [{ provide: INSTALLATION_CHECKS, useValue: checks }, InstallationExaminer];
}

function auditProviders(config: ReconConfig): Provider[] {
  const { AUDIT_ANCHOR_FILE: path, AUDIT_ANCHOR_ROWS: everyRows, AUDIT_ANCHOR_SECONDS: seconds } = config;
  const settings: AnchorSettings | undefined = path === undefined ? undefined : { path, everyRows, everyMs: seconds * 1_000 };
  const auditLogLevel = (trail: AuditTrail): LogLevelAudit => ({
    service: 'recon',
    record: async (deed) => void (await trail.record({ ...deed, details: { ...deed.details }, target: null, address: null })),
  });
  return [
    AuditTrail,
    { provide: ANCHOR_SETTINGS, useValue: settings },
    AuditAnchorWorker,
    AuditVerifier,
    { provide: LOG_LEVEL_AUDIT, useFactory: auditLogLevel, inject: [AuditTrail] },
  ];
}

function booksProviders(config: ReconConfig): Provider[] {
  return [
    MovementRepository,
    BookedJournals,
    {
      provide: StripeBalanceReader,
      useFactory: (movements: MovementRepository) => new StripeBalanceReader(stripeReaderFor(config), movements),
      inject: [MovementRepository],
    },
    MovementListRepository,
    BooksReader,
    TodayRepository,
    TodayReader,
    TargetOutcomesRepository,
    BooksFiguresWorker,
  ];
}
