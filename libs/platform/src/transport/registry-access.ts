import { createEgressFetch } from '../egress.js';
import { secretSource } from '../secret-source.js';
import { connectionFiles } from './client-files.js';
import type { TransportSecurityConfig } from './kafka-security.environment.js';
import { refusePlaintext } from './plaintext.js';

const withinMs = 5_000;

/**
 * A `fetch` for the schema registry, with its credentials and certificates as they are at each call.
 * @throws {ConfigurationError} for variables that do not go together, and for plaintext in production.
 */
export function registryFetchOf(
  config: TransportSecurityConfig & { readonly SCHEMA_REGISTRY_URL: string },
  warn: (text: string) => void = () => undefined,
): typeof fetch {
  const { SCHEMA_REGISTRY_URL: url, SCHEMA_REGISTRY_USERNAME: user, SCHEMA_REGISTRY_PASSWORD: value } = config;
  const file = config.SCHEMA_REGISTRY_PASSWORD_FILE;
  const connection = connectionFiles('SCHEMA_REGISTRY', {
    ca: config.SCHEMA_REGISTRY_CA_FILE,
    cert: config.SCHEMA_REGISTRY_CLIENT_CERT_FILE,
    key: config.SCHEMA_REGISTRY_CLIENT_KEY_FILE,
  });
  refusePlaintext(config, 'registry', url.startsWith('https:'), 'SCHEMA_REGISTRY_URL has to be https');
  const plain = createEgressFetch({ allow: [url], allowInternal: true, timeoutMs: withinMs, connection });
  if (value === undefined && file === undefined) return plain;
  const secret = secretSource('SCHEMA_REGISTRY_PASSWORD', { value, file, warn });
  return ((input: string | URL, init: RequestInit = {}) => {
    const credentials = user === undefined ? `Bearer ${secret()}` : `Basic ${Buffer.from(`${user}:${secret()}`).toString('base64')}`;
    return plain(input, { ...init, headers: { ...(init.headers as Record<string, string>), authorization: credentials } });
  }) as typeof fetch;
}
