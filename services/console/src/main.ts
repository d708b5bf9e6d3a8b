import 'reflect-metadata';
import { join } from 'node:path';
import { listenOn, listOf, runService, summariseConfig } from '@tributary/platform';
import { servePage } from './accept/page.js';
import { consoleEnvironment, loadConsoleConfig } from './console.config.js';
import { ConsoleModule } from './console.module.js';

await runService(() => {
  const config = loadConsoleConfig(process.env);
  return {
    name: 'console',
    http: { ...listenOn(config), allowedHosts: listOf(config.HTTP_ALLOWED_HOSTS) },
    identity: config,
    otlpEndpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
    configuration: summariseConfig(consoleEnvironment, config),
    module: (identity) => ConsoleModule.for(config, identity.tokens),
    prepare: (app) => servePage(app, config.CONSOLE_WEB_DIR ?? join(import.meta.dirname, '../web/dist')),
  };
});
