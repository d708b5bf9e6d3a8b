import 'reflect-metadata';
import { join } from 'node:path';
import { connectAndMigrate, databaseProbe, warnWhileWaiting } from '@tributary/persistence';
import { createLogger, listenOn, listOf, runService, summariseConfig } from '@tributary/platform';
import { servePage } from './accept/page.js';
import { consoleEnvironment, loadConsoleConfig } from './console.config.js';
import { ConsoleModule } from './console.module.js';
import { identityPartsOf, setUpCodeOf } from './identity/identity-parts.js';
import { identityDatabase } from './identity/identity-database.js';
import type { IdentityParts } from './identity/identity.module.js';
import { tellSetUpCode } from './identity/set-up-notice.js';
import { useSessions } from './identity/use-sessions.js';

await runService(() => {
  const config = loadConsoleConfig(process.env);
  const logger = createLogger('console');
  const dataSource = identityDatabase(config);
  const setUpCode = setUpCodeOf(config);
  let parts: IdentityParts | undefined;
  return {
    name: 'console',
    http: { ...listenOn(config), allowedHosts: listOf(config.HTTP_ALLOWED_HOSTS) },
    identity: config,
    otlpEndpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
    configuration: summariseConfig(consoleEnvironment, config),
    module: async ({ tokens }) => {
      if (!dataSource) return ConsoleModule.for(config);
      await connectAndMigrate(dataSource, { onWaiting: warnWhileWaiting(logger), onWarning: (text) => logger.warn(text) });
      parts = await identityPartsOf(config, dataSource, tokens);
      await tellSetUpCode(parts.authority, setUpCode, config.CONSOLE_URL ?? `http://127.0.0.1:${config.HTTP_PORT}`, logger);
      return ConsoleModule.for(config, parts, [databaseProbe(dataSource)]);
    },
    prepare: async (app) => {
      if (parts) useSessions(app, parts.gate);
      await servePage(app, config.CONSOLE_WEB_DIR ?? join(import.meta.dirname, '../web/dist'));
    },
    onDrained: async () => {
      await dataSource?.destroy();
    },
  };
});
