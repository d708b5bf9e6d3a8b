import { allowedHostsEnvironment, commonEnvironment, loadConfig } from '@tributary/platform';
import { z } from 'zod';
import { parseSinkUrls } from './decide/sink-urls.js';
import { authorityEnvironment } from './identity/identity.config.js';

/** Environment variables of the console. */
export const consoleEnvironment = commonEnvironment
  .extend(allowedHostsEnvironment.shape)
  .extend(authorityEnvironment.shape)
  .extend({
    HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(4000).describe('port the HTTP server listens on'),
    RECON_URL: z
      .url({ protocol: /^https?$/ })
      .default('http://127.0.0.1:4040')
      .describe('where recon answers'),
    ERP_SINK_URLS: z
      .string()
      .default('')
      .superRefine((text, context) => {
        try {
          parseSinkUrls(text);
        } catch (error) {
          context.addIssue({ code: 'custom', message: (error as Error).message });
        }
      })
      .describe(
        'where the erp-sink of each target answers, as target=address, comma separated; targets with one address are served by one sink. Without it the console shows no target',
      ),
    CONSOLE_WEB_DIR: z.string().optional().describe('folder of the built page; default: the one built beside the service'),
  });

/** Parsed configuration of the console. */
export type ConsoleConfig = z.infer<typeof consoleEnvironment>;

/** @throws {ConfigurationError} naming every bad variable at once. */
export function loadConsoleConfig(env: NodeJS.ProcessEnv): ConsoleConfig {
  return loadConfig(consoleEnvironment, env);
}
