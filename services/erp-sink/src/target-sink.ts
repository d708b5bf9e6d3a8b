import type { INestApplicationContext, INestMicroservice, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { IsWithdrawn } from '@tributary/identity';
import type { ErpConnector, ErpFinding } from '@tributary/connector-kit';
import { topics } from '@tributary/contracts';
import { KafkaPublisher, KafkaTransport, PostgresParkingLot, quickRetryPolicy, RegistrySchemaIds, WireCodec } from '@tributary/messaging';
import {
  AuditReporter,
  auditReportWithinMs,
  connectAndMigrate,
  databaseClient,
  databaseProbe,
  payloadCipherOf,
  PayloadEncryptionWorker,
  payloadsOf,
} from '@tributary/persistence';
import {
  authorizedFetch,
  connectOrExit,
  createLogger,
  databaseFilesOf,
  kafkaConnectionOf,
  NestLogger,
  serviceFetchOf,
} from '@tributary/platform';
import type { HealthProbe, TokenSource } from '@tributary/platform';
import { defaultLadderPolicy } from '@tributary/posting';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { Sweeper } from './accept/sweeper.js';
import { Retention } from './emit/ledger/retention.js';
import type { ErpSinkConfig } from './erp-sink.config.js';
import { ErpSinkModule, ledgerDatabase } from './erp-sink.module.js';
import { erpSinkPayloads } from './payload-tables.js';
import { SharedLedgerLock } from './rebuild/ledger-lock.js';
import { TargetCheck } from './target-check.js';
import { targetConditionOf } from './target-condition.js';
import type { TargetCondition } from './target-condition.js';

/** Messages in progress per call that may be open: some are claimed, some are in the ERP, some are being published. */
const messagesPerCall = 4;

/** A target, and what serves it. */
export interface SinkOf {
  readonly config: ErpSinkConfig;
  readonly connector: ErpConnector;
  /** Says what the target lacks, and does not throw; absent: it is not looked at. */
  readonly check?: (signal: AbortSignal) => Promise<readonly ErpFinding[]>;
}

/** How the process is shared. */
export interface SinkShare {
  /** Client of Kafka in logs and metrics. */
  readonly clientId: string;
  /** Connections to PostgreSQL. */
  readonly poolSize: number;
  /** Whether it encrypts what is stored, for all sinks of the process: they share their tables. */
  readonly encryptsStored: boolean;
}

/**
 * Everything that serves one target: consumer group, circuit breaker, leases, limits, connections. Sinks of several targets in one
 * process share nothing, so that a target that does not answer holds back no other.
 */
export class TargetSink {
  readonly target: string;
  private readonly logger: Logger;
  private readonly database: DataSource;
  private readonly publisher: KafkaPublisher;
  private readonly transport: KafkaTransport;
  private readonly groupId: string;
  private readonly connection: ReturnType<typeof kafkaConnectionOf>;
  private app: INestMicroservice | undefined;
  private lock: SharedLedgerLock | undefined;
  private reporter: AuditReporter | undefined;
  private readonly encryption: PayloadEncryptionWorker | undefined;
  private readonly check: TargetCheck | undefined;
  private waitingFor: string | undefined = 'waiting for PostgreSQL';

  constructor(
    private readonly sink: SinkOf,
    { clientId, poolSize, encryptsStored }: SinkShare,
  ) {
    const { config } = sink;
    this.target = config.ERP_TARGET;
    this.logger = createLogger('erp-sink', config.LOG_LEVEL).child({ target: this.target });
    this.connection = kafkaConnectionOf(config, clientId, this.logger);
    const payloads = payloadCipherOf(config, (text) => this.logger.warn(text));
    this.database = ledgerDatabase(config.DATABASE_URL, poolSize, databaseFilesOf(config), payloads);
    if (encryptsStored)
      this.encryption = new PayloadEncryptionWorker({ database: this.database, tables: erpSinkPayloads, log: this.logger });
    this.publisher = new KafkaPublisher({ ...this.connection, registryUrl: config.SCHEMA_REGISTRY_URL });
    this.groupId = `tributary-sink-${this.target}`;
    this.transport = this.transportOf(config);
    this.check = sink.check && new TargetCheck(this.target, sink.check, this.logger);
  }

  /** What has to be well for the sink to work. */
  get probes(): readonly HealthProbe[] {
    return [
      databaseProbe(this.database),
      { name: 'ledger', check: () => this.waitingFor },
      { name: 'kafka', check: () => this.transport.health() },
      { name: 'kafka-publisher', check: () => this.publisher.health() },
    ];
  }

  /** A provider of the sink. @throws {Error} before {@link create}. */
  get<Provider>(token: Type<Provider>): Provider {
    if (!this.app) throw new Error(`the sink of ${this.target} is not created yet`);
    return (this.app as INestApplicationContext).get(token);
  }

  /** How the target fares, and checks of it that people ask for. @throws {Error} before {@link create}. */
  get condition(): TargetCondition {
    const { target, sink, database, check } = this;
    const sources = { target, connector: sink.connector, database, check, breaker: () => this.transport.breakerFailure };
    return targetConditionOf(sources, (token) => this.get(token));
  }

  /** Makes the sink. It connects to nothing but Kafka, and takes no message. @param tokens say to recon that erp-sink calls. @param isWithdrawn of whoever ordered a release. */
  async create(tokens?: TokenSource, isWithdrawn?: IsWithdrawn): Promise<void> {
    this.reporter = this.reporterWith(tokens);
    const { sink, database, publisher, groupId } = this;
    void connectOrExit(publisher, this.logger);
    const codec = new WireCodec(new RegistrySchemaIds(sink.config.SCHEMA_REGISTRY_URL, this.connection.registryFetch));
    const module = ErpSinkModule.for({ ...sink, database, publisher, codec, groupId, isWithdrawn }) as unknown as Type;
    this.app = await NestFactory.createMicroservice(module, {
      strategy: this.transport,
      logger: new NestLogger(createLogger('erp-sink', sink.config.LOG_LEVEL)),
      abortOnError: false,
    });
  }

  /** Begins to work once the ledger is migrated and no rebuild of it runs. @param signal aborted when the process is told to stop. */
  async start(signal: AbortSignal): Promise<void> {
    const { database, logger, target } = this;
    void this.check?.start(); // beside everything else: a target that is away keeps nothing waiting
    await connectAndMigrate(database, {
      signal,
      onWarning: (text) => logger.warn(text),
      onWaiting: (problem, attempt) => {
        this.waitingFor = `waiting for PostgreSQL: ${problem}`;
        if (attempt % 5 === 1) logger.warn(this.waitingFor);
      },
    });
    this.reporter?.onApplicationBootstrap();
    this.encryption?.onApplicationBootstrap();
    this.lock = await SharedLedgerLock.take(database, target, {
      onWaiting: () => {
        this.waitingFor = `waiting: the ledger of ${target} is being rebuilt`;
        logger.warn(this.waitingFor);
      },
      onRefused: () => {
        logger.error(`the ledger of ${target} is being rebuilt: stopping`);
        process.kill(process.pid, 'SIGTERM');
      },
    });
    if (signal.aborted) return;
    this.waitingFor = undefined;
    this.get(Sweeper).start();
    this.get(Retention).start();
    await this.app?.listen();
    logger.info(`serving ${target}`);
  }

  /** Finishes the messages in work, leaves the group and closes all connections. */
  async close(): Promise<void> {
    this.check?.stop();
    await this.app?.close();
    await this.publisher.close();
    await this.reporter?.onApplicationShutdown();
    await this.encryption?.onApplicationShutdown();
    await this.lock?.close();
    if (this.database.isInitialized) await this.database.destroy();
  }

  /** Sends what people decide here to the audit trail. Sinks of one process share the outbox: one of them sends at a time. */
  private reporterWith(tokens: TokenSource | undefined): AuditReporter {
    const { config } = this.sink;
    const { RECON_URL: reconUrl } = config;
    return new AuditReporter({
      database: databaseClient(this.database, 'reporting to the audit trail'),
      schema: 'erp_sink',
      reconUrl,
      fetch: authorizedFetch(serviceFetchOf(config, reconUrl, auditReportWithinMs), tokens),
      log: this.logger,
    });
  }

  /** The consumer of the target's requests, with its ladder and the circuit breaker of the target. */
  private transportOf(config: ErpSinkConfig): KafkaTransport {
    return new KafkaTransport({
      ...this.connection,
      groupId: this.groupId,
      topics: [topics.postings(config.ERP_TARGET)],
      registryUrl: config.SCHEMA_REGISTRY_URL,
      publisher: this.publisher,
      // CallLimiter bounds how many of these messages are claimed and how many calls are open.
      concurrency: messagesPerCall * config.ERP_CONCURRENCY,
      maxConcurrent: messagesPerCall * config.ERP_CONCURRENCY,
      sessionTimeoutMs: config.KAFKA_SESSION_TIMEOUT_MS,
      // All partitions have one target: when it is unavailable, all of them pause.
      breaker: { scope: 'consumer', failuresToOpen: config.ERP_BREAKER_FAILURES },
      ladder: {
        lot: new PostgresParkingLot(databaseClient(this.database, 'storing parked messages'), 'erp_sink', payloadsOf(this.database)),
        policy: { ...defaultLadderPolicy, maxAttempts: config.LADDER_MAX_ATTEMPTS, maxAgeMs: config.LADDER_MAX_AGE_MS },
        tellHandler: true,
      },
      policy: {
        ...quickRetryPolicy,
        pauseDelaysMs: quickRetryPolicy.pauseDelaysMs.map((delayMs) => Math.min(delayMs, config.ERP_PROBE_MAX_MS)),
      },
    });
  }
}
