import 'reflect-metadata';
import { parkedPayloads } from '@tributary/messaging';
import { connectAndMigrate, PayloadEncryptionWorker, warnWhileWaiting } from '@tributary/persistence';
import { createLogger, listenOn, listOf, runService, summariseConfig } from '@tributary/platform';
import { loadAssets } from './accept/asset-files.js';
import { ladderDatabase } from './emit/ladder-database.js';
import { loadTransformConfig, targetsOf, transformEnvironment } from './transform.config.js';
import { TransformModule } from './transform.module.js';
import { transportsFor } from './transports.js';

await runService(() => {
  const config = loadTransformConfig(process.env);
  const assets = loadAssets(config.TRIBUTARY_ASSETS_DIR, targetsOf(config));
  const logger = createLogger('transform');
  const database = ladderDatabase(config, (text) => logger.warn(text));
  const transports = transportsFor(config, database, logger);
  const encryption = new PayloadEncryptionWorker({ database, tables: [parkedPayloads('transform')], log: logger });
  return {
    name: 'transform',
    http: { ...listenOn(config), allowedHosts: listOf(config.HTTP_ALLOWED_HOSTS) },
    identity: config,
    otlpEndpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
    configuration: { ...summariseConfig(transformEnvironment, config), assetsVersion: assets.version },
    module: () => {
      // Beside everything else: as long as PostgreSQL is away, messages wait in Kafka.
      connectAndMigrate(database, { onWaiting: warnWhileWaiting(logger), onWarning: (text) => logger.warn(text) }).then(
        () => encryption.onApplicationBootstrap(),
        (error: unknown) => {
          logger.fatal({ err: error }, 'PostgreSQL could not be prepared for this version');
          process.kill(process.pid, 'SIGTERM');
        },
      );
      return TransformModule.for({ config, assets, transports, database });
    },
    transports: () => [transports.translate, transports.route],
    onDrained: async () => {
      await encryption.onApplicationShutdown();
      if (database.isInitialized) await database.destroy();
    },
  };
});
