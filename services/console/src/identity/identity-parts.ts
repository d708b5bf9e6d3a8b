import { readKeySet, readSigningKey } from '@tributary/identity';
import { AuditReporter, auditReportWithinMs, databaseClient, reportToAudit } from '@tributary/persistence';
import {
  authorizedFetch,
  ConfigurationError,
  createEgressFetch,
  createLogger,
  listOf,
  secretSource,
  serviceFetchOf,
} from '@tributary/platform';
import type { LogLevelAudit, ServiceTlsConfig, TokenSource } from '@tributary/platform';
import type { DataSource } from 'typeorm';
import { clientAddressBehind } from './accept/client-address.js';
import type { ClientAddress } from './accept/client-address.js';
import type { IdentitySettings } from './accept/identity-settings.js';
import { SessionGate } from './accept/session.gate.js';
import { IdentityAuthority } from './emit/identity-authority.js';
import type { AuthorityOptions } from './emit/identity-authority.js';
import { secretOf } from './identity.config.js';
import type { IdentityVariables } from './identity.config.js';
import type { IdentityParts } from './identity.module.js';
import { KeyChanges } from './emit/key-changes.js';

/** How long a call of the identity provider may take, ms. */
const providerTimeoutMs = 10_000;

/**
 * Makes what the console knows people with, by its configuration.
 * @param config for which `isAuthority` is true. @param tokens say to recon that the console calls.
 * @throws {ConfigurationError} for a key or a list of proxies that cannot be used.
 */
export async function identityPartsOf(
  config: IdentityVariables & ServiceTlsConfig & { readonly HTTP_OVER_TLS?: boolean; readonly RECON_URL: string },
  dataSource: DataSource,
  tokens?: TokenSource,
): Promise<IdentityParts> {
  const key = await secretOf(
    'IDENTITY_KEY',
    { value: config.IDENTITY_KEY, file: config.IDENTITY_KEY_FILE, isWhole: isJson },
    readSigningKey,
  );
  const keys = await secretOf(
    'IDENTITY_JWKS',
    { value: config.IDENTITY_JWKS, file: config.IDENTITY_JWKS_FILE, isWhole: isJson },
    readKeySet,
  );
  const { issuer } = await key();
  if (issuer !== 'console')
    throw new ConfigurationError([`IDENTITY_KEY is the key of "${issuer}": the console signs with the key whose kid is "console"`]);
  const oidc = oidcOf(config);
  const database = databaseClient(dataSource, 'reading and writing identities');
  const authority = new IdentityAuthority({
    database,
    signingKey: key,
    sessionLife: { idleMs: config.SESSION_IDLE_S * 1_000, absoluteMs: config.SESSION_MAX_S * 1_000 },
    fetchFor: (allow) => createEgressFetch({ allow, allowInternal: true, timeoutMs: providerTimeoutMs }),
    ...(oidc ? { oidc } : {}),
  });
  const settings = settingsOf(config);
  const keyChanges = new KeyChanges(database, keys);
  const reporter = new AuditReporter({
    database,
    schema: 'console',
    reconUrl: config.RECON_URL,
    fetch: authorizedFetch(serviceFetchOf(config, config.RECON_URL, auditReportWithinMs), tokens),
    log: createLogger('console'),
    beforeRound: () => keyChanges.note(),
  });
  const logLevelAudit: LogLevelAudit = {
    service: 'console',
    record: (deed) => reportToAudit(database.query, 'console', { ...deed, details: { ...deed.details } }),
  };
  return { authority, settings, gate: new SessionGate(authority, keys, settings.secure), reporter, logLevelAudit };
}

/** The set-up code of the configuration; undefined: the console makes one. */
export function setUpCodeOf({ SET_UP_CODE, SET_UP_CODE_FILE }: IdentityVariables): string | undefined {
  if (!SET_UP_CODE && !SET_UP_CODE_FILE) return undefined;
  try {
    return secretSource('SET_UP_CODE', { value: SET_UP_CODE, file: SET_UP_CODE_FILE })();
  } catch (error) {
    throw new ConfigurationError([error instanceof Error ? error.message : String(error)]);
  }
}

function settingsOf(config: IdentityVariables & { readonly HTTP_OVER_TLS?: boolean }): IdentitySettings {
  const consoleUrl = config.CONSOLE_URL?.replace(/\/+$/, '');
  const secure = consoleUrl === undefined ? config.HTTP_OVER_TLS === true : consoleUrl.startsWith('https:');
  const providerName = config.OIDC_NAME ?? (config.OIDC_ISSUER === undefined ? '' : new URL(config.OIDC_ISSUER).hostname);
  return { secure, consoleUrl, providerName, clientAddress: clientAddressOf(config.TRUSTED_PROXIES) };
}

function clientAddressOf(proxies: string): ClientAddress {
  try {
    return clientAddressBehind(listOf(proxies));
  } catch (error) {
    throw new ConfigurationError([`TRUSTED_PROXIES is not usable: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function oidcOf(config: IdentityVariables): AuthorityOptions['oidc'] {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, CONSOLE_URL: consoleUrl } = config;
  if (issuer === undefined || clientId === undefined || consoleUrl === undefined) return undefined;
  const [value, file] = [config.OIDC_CLIENT_SECRET, config.OIDC_CLIENT_SECRET_FILE];
  return {
    issuer,
    clientId,
    clientSecret: value || file ? secretSource('OIDC_CLIENT_SECRET', { value, file }) : undefined,
    consoleUrl: consoleUrl.replace(/\/+$/, ''),
    scope: config.OIDC_SCOPE,
    groupsClaim: config.OIDC_GROUPS_CLAIM,
    groupGrants: config.OIDC_GROUPS,
  };
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
