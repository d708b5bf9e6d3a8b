import * as client from 'openid-client';
import { withNewSecret } from '../with-new-secret.js';
import type { TokenGrant } from './bearer-tokens.js';
import { TokenRefusedError, TokenSilentError } from './token-errors.js';

/** Where tokens come from, and for which client. */
export interface TokenIssuer {
  /** Token endpoint. */
  readonly url: string;
  readonly clientId: string;
  /** As it is now: it may be exchanged while the process runs. */
  readonly clientSecret: () => string;
  /** Scopes, separated by blanks. */
  readonly scope?: string | undefined;
  /** How the client authenticates: in the body, or with HTTP Basic (RFC 6749 section 2.3.1). */
  readonly authentication: 'post' | 'basic';
  /** Longest time that the issuer may take, ms. */
  readonly timeoutMs: number;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
}

/** What to do about an error of the token endpoint. Codes: RFC 6749 section 5.2. */
const remedies: Readonly<Record<string, string>> = {
  invalid_client: 'Check ERP_OAUTH_CLIENT_ID and ERP_OAUTH_CLIENT_SECRET: the secret may have ended.',
  unauthorized_client: 'Allow the client to use the grant client_credentials at the issuer.',
  unsupported_grant_type: 'The issuer does not offer client_credentials at ERP_OAUTH_TOKEN_URL.',
  invalid_scope: 'Check ERP_OAUTH_SCOPE, and that the scope was granted to the client.',
};
const otherRemedy = 'Check the client and its consent at the issuer.';

/** Tokens by client credentials (RFC 6749 section 4.4). A secret that was exchanged since it was refused is tried at once. */
export function clientCredentials(issuer: TokenIssuer): TokenGrant {
  return () =>
    withNewSecret(
      issuer.clientSecret,
      () => askOnce(issuer),
      (error) => error instanceof TokenRefusedError,
    );
}

async function askOnce(issuer: TokenIssuer): ReturnType<TokenGrant> {
  const secret = issuer.clientSecret();
  const login = issuer.authentication === 'basic' ? client.ClientSecretBasic(secret) : client.ClientSecretPost(secret);
  const configuration = new client.Configuration({ issuer: issuer.url, token_endpoint: issuer.url }, issuer.clientId, {}, login);
  configuration.timeout = issuer.timeoutMs / 1_000;
  configuration[client.customFetch] = (url, init) => issuer.fetch(url, init as RequestInit);
  // Outside production an issuer may be called by plain HTTP; in production `issuer.fetch` was refused at the start.
  client.allowInsecureRequests(configuration);
  try {
    const answer = await client.clientCredentialsGrant(configuration, issuer.scope ? { scope: issuer.scope } : {});
    return { text: answer.access_token, livesMs: answer.expires_in === undefined ? undefined : answer.expires_in * 1_000 };
  } catch (error) {
    throw explained(error, issuer.url, secret);
  }
}

function explained(error: unknown, url: string, secret: string): Error {
  const refused = refusalOf(error);
  if (!refused) return new TokenSilentError(`no token: ${url} gives no usable answer`, { cause: error });
  const { code, description } = refused;
  const said = description === undefined ? code : `${code} (${description.replaceAll(secret, '[secret]').slice(0, 300)})`;
  return new TokenRefusedError(`no token: ${url} answers ${said}. ${remedies[code] ?? otherRemedy}`);
}

/** The error code of an answer that is a refusal; undefined for no answer, one that cannot be read, or one of an issuer in trouble. */
function refusalOf(error: unknown): { readonly code: string; readonly description: string | undefined } | undefined {
  // 401 with a challenge: its body is not read (RFC 6749 section 5.2: invalid_client).
  if (error instanceof client.WWWAuthenticateChallengeError && error.status === 401)
    return { code: 'invalid_client', description: undefined };
  if (!(error instanceof client.ResponseBodyError) || error.status === 429) return undefined;
  if (error.error === 'temporarily_unavailable' || error.error === 'server_error') return undefined;
  return { code: error.error, description: error.error_description };
}
