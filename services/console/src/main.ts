import 'reflect-metadata';
import { join } from 'node:path';
import { listOf, runService, summariseConfig } from '@tributary/platform';
import { servePage } from './accept/page.js';
import { consoleEnvironment, loadConsoleConfig } from './console.config.js';
import { ConsoleModule } from './console.module.js';

await runService(() => {
  const config = loadConsoleConfig(process.env);
  return {
    name: 'console',
    http: { host: config.HTTP_HOST, port: config.HTTP_PORT, allowedHosts: listOf(config.HTTP_ALLOWED_HOSTS) },
    otlpEndpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
    configuration: summariseConfig(consoleEnvironment, config),
    module: () => ConsoleModule.for(config),
    prepare: (app) => servePage(app, config.CONSOLE_WEB_DIR ?? join(import.meta.dirname, '../web/dist')),
  };
});
