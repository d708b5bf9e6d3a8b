import 'reflect-metadata';
import { topicsToMake } from '@tributary/contracts';
import { KafkaPublisher, KafkaTransport } from '@tributary/messaging';
import { connectAndMigrate, createDataSource, payloadCipherOf, warnWhileWaiting } from '@tributary/persistence';
import { createLogger, databaseFilesOf, kafkaConnectionOf, listenOn, listOf, runService, summariseConfig } from '@tributary/platform';
import type { IsWithdrawn } from './desk/emit/order-rights.js';
import { reconMigrations } from './migrations/index.js';
import { loadReconConfig, reconEnvironment } from './recon.config.js';
import { ReconModule } from './recon.module.js';
import { reconGroup, reconTopics } from './recon.topics.js';

await runService(() => {
  const config = loadReconConfig(process.env);
  const logger = createLogger('recon');
  const targets = listOf(config.RECON_TARGETS);
  const connection = kafkaConnectionOf(config, 'recon', logger);
  const dataSource = createDataSource({
    url: config.DATABASE_URL,
    files: databaseFilesOf(config),
    payloads: payloadCipherOf(config, (text) => logger.warn(text)),
    schema: 'recon',
    migrations: reconMigrations,
  });
  // Publishes dispatched dead letters, their status on ops.v1, and dead letters for messages that recon itself cannot read.
  const publisher = new KafkaPublisher({
    ...connection,
    registryUrl: config.SCHEMA_REGISTRY_URL,
    // A dead letter is as large as its message plus a few headers.
    maxMessageBytes: Math.max(...topicsToMake({ targets }).map(({ config: topic }) => Number(topic['max.message.bytes']))),
  });
  const transport = new KafkaTransport({
    ...connection,
    groupId: reconGroup,
    topics: reconTopics(targets),
    registryUrl: config.SCHEMA_REGISTRY_URL,
    sessionTimeoutMs: config.KAFKA_SESSION_TIMEOUT_MS,
    publisher,
  });
  return {
    name: 'recon',
    http: { ...listenOn(config), allowedHosts: listOf(config.HTTP_ALLOWED_HOSTS) },
    identity: config,
    otlpEndpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
    configuration: summariseConfig(reconEnvironment, config),
    module: async (identity) => {
      const isWithdrawn: IsWithdrawn = (whose) => identity.revocations?.isWithdrawn(whose) ?? false;
      await connectAndMigrate(dataSource, { onWaiting: warnWhileWaiting(logger), onWarning: (text) => logger.warn(text) });
      return ReconModule.for(config, dataSource, { transport, publisher, connection, tokens: identity.tokens, isWithdrawn });
    },
    transports: () => [transport],
    onDrained: async () => {
      await publisher.close();
      await dataSource.destroy();
    },
  };
});
