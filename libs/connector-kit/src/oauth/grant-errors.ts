import * as client from 'openid-client';
import { TokenRefusedError, TokenSilentError } from './token-errors.js';
import { nameOf } from './token-issuer.js';
import type { TokenIssuer } from './token-issuer.js';

/** What to do about an error of the token endpoint. Codes: RFC 6749 section 5.2 and RFC 8628 section 3.5. */
const remedies: Readonly<Record<string, string>> = {
  invalid_client: 'Check ERP_OAUTH_CLIENT_ID and ERP_OAUTH_CLIENT_SECRET: the secret may have ended.',
  unauthorized_client: 'Allow the client to use the grant at the issuer: client_credentials, or device code and refresh_token.',
  unsupported_grant_type: 'The issuer does not offer the grant at this endpoint.',
  invalid_scope: 'Check ERP_OAUTH_SCOPE, and that the scope was granted to the client.',
  access_denied: 'Whoever opened the address refused it. Sign in again.',
  expired_token: 'Nobody entered the code in time. Sign in again.',
};
const otherRemedy = 'Check the client and its consent at the issuer.';

/**
 * What an error of the token endpoint says, and what to do.
 * @param secrets that the issuer may repeat. @param ofGrant what to do where the grant itself is refused: revoked, expired, used already.
 */
export function explained(error: unknown, issuer: TokenIssuer, secrets: readonly string[], ofGrant = otherRemedy): Error {
  if (error instanceof TokenRefusedError || error instanceof TokenSilentError) return error;
  const url = nameOf(issuer);
  const refused = refusalOf(error);
  if (!refused) return new TokenSilentError(`no token: ${url} gives no usable answer`, { cause: error });
  const { code, description } = refused;
  const shown = secrets.filter((secret) => secret !== '').reduce((text, secret) => text?.replaceAll(secret, '[secret]'), description);
  const said = shown === undefined ? code : `${code} (${shown.slice(0, 300)})`;
  return new TokenRefusedError(`no token: ${url} answers ${said}. ${code === 'invalid_grant' ? ofGrant : (remedies[code] ?? otherRemedy)}`);
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
