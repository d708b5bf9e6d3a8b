import { readKeySet, readSigningKey } from '@tributary/identity';
import { ConfigurationError } from '../config.js';
import { secretSource } from '../secret-source.js';
import { serviceFetchOf } from '../transport/service-fetch.js';
import type { ServiceTlsConfig } from '../transport/service-tls.environment.js';
import { BearerAuthenticator } from './bearer-authenticator.js';
import type { IdentityConfig } from './environment.js';
import { parsedSecret } from './parsed-secret.js';
import { RevocationList, revocationsWithinMs } from './revocation-list.js';
import { authorizedFetch, serviceTokenSource } from './service-token.js';
import type { TokenSource } from './service-token.js';

/** How a service knows who calls it, and how it says who it is. */
export interface ServiceIdentity {
  /** undefined: no identity is configured, and only loopback may be served. */
  readonly bearer: BearerAuthenticator | undefined;
  /** Tokens of the service itself; undefined without a key of its own. */
  readonly tokens: TokenSource | undefined;
  /** What is withdrawn, as the console says it; undefined where it is not asked. */
  readonly revocations: RevocationList | undefined;
}

/**
 * The identity of a service by its configuration.
 * @throws {ConfigurationError} when keys cannot be read, one variable needs another, or production would ask the console by plain http.
 */
export async function serviceIdentityOf(config: Partial<IdentityConfig> & ServiceTlsConfig): Promise<ServiceIdentity> {
  const tokens = await tokensOf(config);
  const { IDENTITY_REVOCATIONS_URL: url } = config;
  if (url !== undefined && !tokens)
    throw new ConfigurationError(['IDENTITY_REVOCATIONS_URL needs SERVICE_KEY or SERVICE_KEY_FILE: the console answers to services only']);
  const revocations = url === undefined || !tokens ? undefined : listFrom(config, url, tokens);
  if (!config.IDENTITY_JWKS && !config.IDENTITY_JWKS_FILE) return { bearer: undefined, tokens, revocations };
  const keys = await readable('IDENTITY_JWKS', config.IDENTITY_JWKS, config.IDENTITY_JWKS_FILE, readKeySet);
  return { bearer: new BearerAuthenticator(keys, (identity) => revocations?.isWithdrawn(identity) ?? false), tokens, revocations };
}

function listFrom(config: ServiceTlsConfig, url: string, tokens: TokenSource): RevocationList {
  return new RevocationList(url, authorizedFetch(serviceFetchOf(config, url, revocationsWithinMs), tokens));
}

async function tokensOf({ SERVICE_KEY, SERVICE_KEY_FILE }: Partial<IdentityConfig>): Promise<TokenSource | undefined> {
  if (!SERVICE_KEY && !SERVICE_KEY_FILE) return undefined;
  return serviceTokenSource(await readable('SERVICE_KEY', SERVICE_KEY, SERVICE_KEY_FILE, readSigningKey));
}

/** A key that is given or in a file; read once now, so that a bad one fails the start. */
async function readable<Parsed>(
  name: string,
  value: string | undefined,
  file: string | undefined,
  parse: (text: string) => Promise<Parsed>,
): Promise<() => Promise<Parsed>> {
  if (value && file) throw new ConfigurationError([`${name} and ${name}_FILE are both set: keep one`]);
  try {
    const source = parsedSecret(name, secretSource(name, { value, file, isWhole: isJson }), parse);
    await source();
    return source;
  } catch (error) {
    throw new ConfigurationError([`${file ? `${name}_FILE` : name} is not usable: ${(error as Error).message}`]);
  }
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
