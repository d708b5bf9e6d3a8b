import * as client from 'openid-client';
import type { IssuedToken, TokenGrant } from './bearer-tokens.js';
import { clientCredentials } from './client-credentials.js';
import { explained } from './grant-errors.js';
import type { RefreshStore, SignIn } from './refresh-store.js';
import { TokenRefusedError } from './token-errors.js';
import { clientOf } from './token-issuer.js';
import type { TokenIssuer } from './token-issuer.js';

/** Tokens of an issuer: by the sign-in of a person where one is kept, else by client credentials. */
export function tokenGrant(issuer: TokenIssuer): TokenGrant {
  return issuer.refresh ? refreshGrant(issuer, issuer.refresh) : clientCredentials(issuer);
}

/** Tokens by a refresh token (RFC 6749 section 6). A new refresh token in the answer replaces the old one, which may not be used again. */
function refreshGrant(issuer: TokenIssuer, store: RefreshStore): TokenGrant {
  return () =>
    store.exchange(async (kept) => {
      if (!kept) throw new TokenRefusedError(`no token: nobody is signed in. ${store.howToSignIn}`);
      const configuration = await clientOf(issuer, 'token');
      try {
        const answer = await client.refreshTokenGrant(configuration, kept.refreshToken);
        return { result: issued(answer), next: keptAfter(answer, kept, Date.now()) };
      } catch (error) {
        throw explained(error, issuer, [issuer.clientSecret(), kept.refreshToken], store.howToSignIn);
      }
    });
}

/** The access token of an answer. */
export const issued = (answer: { readonly access_token: string; readonly expires_in?: number | undefined }): IssuedToken => ({
  text: answer.access_token,
  livesMs: answer.expires_in === undefined ? undefined : answer.expires_in * 1_000,
});

/** The life of a refresh token as some issuers tell it, s: Keycloak does; RFC 6749 has no such field. */
function endIn(answer: Readonly<Record<string, unknown>>, now: number): string | undefined {
  const seconds = Number(answer.refresh_expires_in ?? answer.refresh_token_expires_in ?? 0);
  return seconds > 0 && Number.isFinite(seconds) ? new Date(now + seconds * 1_000).toISOString() : undefined;
}

/** The sign-in after an answer of the token endpoint. @param now ms since the epoch. */
export function keptAfter(
  answer: { readonly refresh_token?: string | undefined },
  before: Omit<SignIn, 'refreshToken'> & Partial<SignIn>,
  now: number,
): SignIn {
  const endsAt = endIn(answer, now) ?? before.endsAt;
  return { refreshToken: answer.refresh_token ?? before.refreshToken ?? '', signedInAt: before.signedInAt, ...(endsAt ? { endsAt } : {}) };
}
