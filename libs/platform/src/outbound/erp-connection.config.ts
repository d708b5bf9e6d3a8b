import { z } from 'zod';
import { ConfigurationError, loadConfig } from '../config.js';
import { optionalSecret, secretVariables } from '../secret-variables.js';
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
  ...secretVariables(
    'ERP_PROXY_URL',
    'HTTP proxy that calls go through, with its user and password where it asks for them; it resolves the names of the target',
  ),
});

/**
 * The connection that the environment describes.
 * @throws {ConfigurationError} for a certificate without its key, a key without its certificate, or a proxy without a usable address.
 */
export function erpConnectionOf(env: NodeJS.ProcessEnv): OutboundConnection {
  const config = loadConfig(erpConnectionEnvironment, env);
  const [certFile, keyFile] = [config.ERP_CLIENT_CERT_FILE, config.ERP_CLIENT_KEY_FILE];
  if ((certFile === undefined) !== (keyFile === undefined))
    throw new ConfigurationError(['ERP_CLIENT_CERT_FILE and ERP_CLIENT_KEY_FILE: set both or neither']);
  const proxyUrl = optionalSecret(config, 'ERP_PROXY_URL', { isWhole: isProxyUrl });
  if (proxyUrl && !isProxyUrl(proxyUrl())) throw new ConfigurationError(['ERP_PROXY_URL: has to be an http or https URL']);
  return {
    ...(config.ERP_CA_FILE === undefined ? {} : { caFile: config.ERP_CA_FILE }),
    ...(certFile === undefined || keyFile === undefined ? {} : { client: { certFile, keyFile } }),
    ...(proxyUrl ? { proxyUrl } : {}),
  };
}

const isProxyUrl = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
