import 'reflect-metadata';
import { createLogger, runService, summariseConfig } from '@tributary/platform';
import { loadAssets } from './accept/asset-files.js';
import { loadTransformConfig, transformEnvironment } from './transform.config.js';
import { TransformModule } from './transform.module.js';
import { transportsFor } from './transports.js';

await runService(() => {
  const config = loadTransformConfig(process.env);
  const assets = loadAssets(config.TRIBUTARY_ASSETS_DIR);
  const logger = createLogger('kafka');
  const transports = transportsFor(config, (level, message, fields) => logger[level](fields, message));
  return {
    name: 'transform',
    http: { host: config.HTTP_HOST, port: config.HTTP_PORT },
    otlpEndpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
    configuration: { ...summariseConfig(transformEnvironment, config), assetsVersion: assets.version },
    module: () => TransformModule.for({ config, assets, transports }),
    transports: () => [transports.translate, transports.route],
  };
});
