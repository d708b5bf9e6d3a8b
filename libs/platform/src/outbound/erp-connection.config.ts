import { z } from 'zod';
import { ConfigurationError, loadConfig } from '../config.js';
import type { OutboundConnection } from './outbound-connection.js';

const file = z.string().min(1).optional();

/** How a target is reached, the same variables for every connector; with the prefix of a target (`<TARGET>__`) for that one alone. */
export const erpConnectionEnvironment = z.object({
  ERP_CA_FILE: file.describe(
    'certificates (PEM) that the server of the target is trusted by, beside those that Node knows; read again when it changes',
  ),
  ERP_CLIENT_CERT_FILE: file.describe('certificate (PEM) that the process shows to the target; read again when it changes'),
  ERP_CLIENT_KEY_FILE: file.describe('private key (PEM) of that certificate'),
  ERP_PLAIN_HTTP_HOSTS: z
    .string()
    .optional()
    .describe(
      'hosts, with commas between them, that are called by plain http in production: anywhere else https only; loopback is excused',
    ),
  ERP_PROXY_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('secret: HTTP proxy that calls go through; it resolves the names of the target'),
});

/** The connection that the environment describes. @throws {ConfigurationError} for a certificate without its key, or a key without its certificate. */
export function erpConnectionOf(env: NodeJS.ProcessEnv): OutboundConnection {
  const config = loadConfig(erpConnectionEnvironment, env);
  const [certFile, keyFile] = [config.ERP_CLIENT_CERT_FILE, config.ERP_CLIENT_KEY_FILE];
  if ((certFile === undefined) !== (keyFile === undefined))
    throw new ConfigurationError(['ERP_CLIENT_CERT_FILE and ERP_CLIENT_KEY_FILE: set both or neither']);
  return {
    ...(config.ERP_CA_FILE === undefined ? {} : { caFile: config.ERP_CA_FILE }),
    ...(certFile === undefined || keyFile === undefined ? {} : { client: { certFile, keyFile } }),
    ...(config.ERP_PROXY_URL === undefined ? {} : { proxyUrl: config.ERP_PROXY_URL }),
  };
}
