import type { ErpConnector } from '@tributary/connector-kit';
import { topics } from '@tributary/contracts';
import { KafkaPublisher, KafkaTransport, PostgresParkingLot, quickRetryPolicy, RegistrySchemaIds, WireCodec } from '@tributary/messaging';
import { connectAndMigrate, databaseClient } from '@tributary/persistence';
import { createLogger, kafkaConnectionOf, listOf, summariseConfig } from '@tributary/platform';
import type { ServiceOptions } from '@tributary/platform';
import { defaultLadderPolicy } from '@tributary/posting';
import { erpSinkEnvironment } from './erp-sink.config.js';
import type { ErpSinkConfig } from './erp-sink.config.js';
import { ErpSinkModule, ledgerDatabase } from './erp-sink.module.js';
import { Sweeper } from './accept/sweeper.js';
import { SharedLedgerLock } from './rebuild/ledger-lock.js';

/** Messages in progress per call that may be open: some are claimed, some are in the ERP, some are being published. */
const messagesPerCall = 4;

/** One sink for one target, for runService: its parts, and the order in which it starts and drains. */
export function erpSinkService(config: ErpSinkConfig, connector: ErpConnector): ServiceOptions {
  const logger = createLogger('erp-sink', config.LOG_LEVEL);
  const connection = kafkaConnectionOf(config, 'erp-sink', logger);
  const database = ledgerDatabase(config.DATABASE_URL);
  let share: SharedLedgerLock | undefined;
  const publisher = new KafkaPublisher({ ...connection, registryUrl: config.SCHEMA_REGISTRY_URL });
  // One group per target: an ERP that does not answer delays no other target.
  const groupId = `tributary-sink-${config.ERP_TARGET}`;
  const transport = transportOf(config, groupId, publisher, connection, database);
  let waitingFor: string | undefined = 'waiting for PostgreSQL';
  const probes = [
    { name: 'ledger', check: () => waitingFor },
    { name: 'kafka', check: () => transport.health() },
    { name: 'kafka-publisher', check: () => publisher.health() },
  ];
  return {
    name: 'erp-sink',
    http: { host: config.HTTP_HOST, port: config.HTTP_PORT, allowedHosts: listOf(config.HTTP_ALLOWED_HOSTS) },
    otlpEndpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
    configuration: summariseConfig(erpSinkEnvironment, config),
    module: () => {
      void publisher.connect();
      const codec = new WireCodec(new RegistrySchemaIds(config.SCHEMA_REGISTRY_URL));
      return ErpSinkModule.for({ config, database, connector, publisher, codec, groupId, probes });
    },
    // Consuming starts once the ledger is migrated and no rebuild of it runs.
    beforeTransports: async (app, signal) => {
      await connectAndMigrate(database, {
        signal,
        onWaiting: (problem, attempt) => {
          waitingFor = `waiting for PostgreSQL: ${problem}`;
          if (attempt % 5 === 1) logger.warn(waitingFor);
        },
      });
      share = await SharedLedgerLock.take(database, config.ERP_TARGET, {
        onWaiting: () => {
          waitingFor = `waiting: the ledger of ${config.ERP_TARGET} is being rebuilt`;
          logger.warn(waitingFor);
        },
        onRefused: () => {
          logger.error(`the ledger of ${config.ERP_TARGET} is being rebuilt: stopping`);
          process.kill(process.pid, 'SIGTERM');
        },
      });
      waitingFor = undefined;
      app.get(Sweeper).start();
    },
    transports: () => [transport],
    onDrained: async () => {
      await publisher.close();
      await share?.close();
      if (database.isInitialized) await database.destroy();
    },
  };
}

/** The consumer of the target's requests, with its ladder and the circuit breaker of the target. */
function transportOf(
  config: ErpSinkConfig,
  groupId: string,
  publisher: KafkaPublisher,
  connection: ReturnType<typeof kafkaConnectionOf>,
  database: ReturnType<typeof ledgerDatabase>,
): KafkaTransport {
  return new KafkaTransport({
    ...connection,
    groupId,
    topics: [topics.postings(config.ERP_TARGET)],
    registryUrl: config.SCHEMA_REGISTRY_URL,
    publisher,
    // CallLimiter bounds how many of these messages are claimed and how many calls are open.
    concurrency: messagesPerCall * config.ERP_CONCURRENCY,
    maxConcurrent: messagesPerCall * config.ERP_CONCURRENCY,
    sessionTimeoutMs: config.KAFKA_SESSION_TIMEOUT_MS,
    // All partitions have one target: when it is unavailable, all of them pause.
    breaker: { scope: 'consumer', failuresToOpen: config.ERP_BREAKER_FAILURES },
    ladder: {
      lot: new PostgresParkingLot(databaseClient(database, 'storing parked messages'), 'erp_sink'),
      policy: { ...defaultLadderPolicy, maxAttempts: config.LADDER_MAX_ATTEMPTS, maxAgeMs: config.LADDER_MAX_AGE_MS },
      tellHandler: true,
    },
    policy: {
      ...quickRetryPolicy,
      pauseDelaysMs: quickRetryPolicy.pauseDelaysMs.map((delayMs) => Math.min(delayMs, config.ERP_PROBE_MAX_MS)),
    },
  });
}
