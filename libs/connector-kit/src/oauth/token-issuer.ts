import * as client from 'openid-client';
import type { RefreshStore } from './refresh-store.js';
import { TokenRefusedError, TokenSilentError } from './token-errors.js';

/** Where tokens come from, and for which client. */
export interface TokenIssuer {
  /** Token endpoint; undefined: that of the issuer's discovery document. */
  readonly url?: string | undefined;
  /** Issuer whose discovery document names the endpoints that are not given here (RFC 8414, OpenID Connect Discovery). */
  readonly issuer?: string | undefined;
  /** Device authorization endpoint (RFC 8628); undefined: that of the discovery document. */
  readonly deviceUrl?: string | undefined;
  readonly clientId: string;
  /** As it is now: it may be exchanged while the process runs. Empty for a client without a secret. */
  readonly clientSecret: () => string;
  /** Scopes, separated by blanks. */
  readonly scope?: string | undefined;
  /** How the client authenticates: in the body, or with HTTP Basic (RFC 6749 section 2.3.1). */
  readonly authentication: 'post' | 'basic';
  /** Longest time that the issuer may take, ms. */
  readonly timeoutMs: number;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Where the sign-in of a person is kept; undefined: tokens come by client credentials. */
  readonly refresh?: RefreshStore | undefined;
}

/** Endpoints that tokens are asked for at. */
export type Endpoint = 'token' | 'device';
const named = { token: 'token_endpoint', device: 'device_authorization_endpoint' } as const;

/** How errors name the issuer. */
export const nameOf = ({ url, issuer }: TokenIssuer): string => url ?? issuer ?? 'the issuer';

/**
 * The client of an issuer, with the endpoints that are needed. A discovered endpoint has to be of the issuer's own origin: no other address is
 * allowed to be called, so that what is called is known at the start.
 * @throws {TokenSilentError} without a usable discovery document. @throws {TokenRefusedError} for one that names no such endpoint, or another host.
 */
export async function clientOf(issuer: TokenIssuer, ...needed: readonly Endpoint[]): Promise<client.Configuration> {
  const own: Record<Endpoint, string | undefined> = { token: issuer.url, device: issuer.deviceUrl };
  const found = needed.every((endpoint) => own[endpoint] !== undefined) ? {} : await discovered(issuer);
  const endpoints = Object.fromEntries(needed.map((endpoint) => [named[endpoint], own[endpoint] ?? endpointIn(found, endpoint, issuer)]));
  const secret = issuer.clientSecret();
  const configuration = new client.Configuration(
    { issuer: issuer.issuer ?? nameOf(issuer), ...endpoints },
    issuer.clientId,
    {},
    loginOf(issuer, secret),
  );
  configuration.timeout = issuer.timeoutMs / 1_000;
  configuration[client.customFetch] = withoutIdToken(issuer);
  // Outside production an issuer may be called by plain HTTP; in production `issuer.fetch` was refused at the start.
  client.allowInsecureRequests(configuration);
  return configuration;
}

function loginOf({ authentication }: TokenIssuer, secret: string): client.ClientAuth {
  if (secret === '') return client.None();
  return authentication === 'basic' ? client.ClientSecretBasic(secret) : client.ClientSecretPost(secret);
}

async function discovered(issuer: TokenIssuer): Promise<client.ServerMetadata> {
  if (issuer.issuer === undefined)
    throw new TokenRefusedError('no token: an endpoint of the issuer is not known. Set ERP_OAUTH_ISSUER, or name the endpoint.');
  try {
    const configuration = await client.discovery(new URL(issuer.issuer), issuer.clientId, {}, client.None(), {
      execute: [client.allowInsecureRequests],
      timeout: issuer.timeoutMs / 1_000,
      [client.customFetch]: (url, init) => issuer.fetch(url, init as RequestInit),
    });
    return configuration.serverMetadata();
  } catch (error) {
    throw new TokenSilentError(`no token: ${issuer.issuer} gives no usable discovery document`, { cause: error });
  }
}

function endpointIn(found: Partial<client.ServerMetadata>, endpoint: Endpoint, { issuer = '' }: TokenIssuer): string {
  const url = found[named[endpoint]];
  const instead = endpoint === 'token' ? 'ERP_OAUTH_TOKEN_URL' : 'ERP_OAUTH_DEVICE_URL';
  if (url === undefined)
    throw new TokenRefusedError(`no token: ${issuer} names no ${named[endpoint]}. Name it in ${instead}, if there is one.`);
  if (URL.canParse(url) && new URL(url).origin === new URL(issuer).origin) return url;
  throw new TokenRefusedError(
    `no token: ${issuer} names ${url} as ${named[endpoint]}, which is another host. Name it in ${instead}, if it is right.`,
  );
}

/** ID tokens are about a person and are not needed, so they are never read: neither their issuer nor their clock can matter. */
const withoutIdToken =
  ({ fetch }: TokenIssuer): client.CustomFetch =>
  async (url, init) => {
    const response = await fetch(url, init as RequestInit);
    const text = await response.clone().text();
    if (!response.ok || !text.includes('id_token')) return response;
    const { id_token: _unread, ...answer } = JSON.parse(text) as Record<string, unknown>;
    return new Response(JSON.stringify(answer), { status: response.status, headers: { 'content-type': 'application/json' } });
  };
