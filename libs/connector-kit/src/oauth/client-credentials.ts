import * as client from 'openid-client';
import { withNewSecret } from '../with-new-secret.js';
import type { TokenGrant } from './bearer-tokens.js';
import { explained } from './grant-errors.js';
import { TokenRefusedError } from './token-errors.js';
import { clientOf } from './token-issuer.js';
import type { TokenIssuer } from './token-issuer.js';

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
  const configuration = await clientOf(issuer, 'token');
  try {
    const answer = await client.clientCredentialsGrant(configuration, issuer.scope ? { scope: issuer.scope } : {});
    return { text: answer.access_token, livesMs: answer.expires_in === undefined ? undefined : answer.expires_in * 1_000 };
  } catch (error) {
    throw explained(error, issuer, [secret]);
  }
}
