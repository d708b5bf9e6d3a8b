import * as client from 'openid-client';
import { explained } from './grant-errors.js';
import { keptAfter } from './refresh-grant.js';
import type { SignIn } from './refresh-store.js';
import { TokenRefusedError, TokenSilentError } from './token-errors.js';
import { clientOf, nameOf } from './token-issuer.js';
import type { TokenIssuer } from './token-issuer.js';

/** What a person needs to sign in on any device. */
export interface DevicePrompt {
  readonly address: string;
  readonly code: string;
  /** The address with the code in it, where the issuer gives one. */
  readonly whole: string | undefined;
  /** s */
  readonly expiresIn: number;
}

/**
 * Signs a person in by device code (RFC 8628): shows address and code, and waits until the person has entered it.
 * @param show is called once. @param signal gives up.
 * @returns what has to be kept. @throws {TokenRefusedError | TokenSilentError} saying what was refused or expired, and what to do.
 */
export async function deviceSignIn(issuer: TokenIssuer, show: (prompt: DevicePrompt) => void, signal: AbortSignal): Promise<SignIn> {
  const configuration = await clientOf(issuer, 'token', 'device');
  let expired: AbortSignal | undefined;
  try {
    const started = await client.initiateDeviceAuthorization(configuration, issuer.scope ? { scope: issuer.scope } : {});
    show({
      address: started.verification_uri,
      code: started.user_code,
      whole: started.verification_uri_complete,
      expiresIn: started.expires_in,
    });
    expired = AbortSignal.timeout(started.expires_in * 1_000);
    const answer = await client.pollDeviceAuthorizationGrant(configuration, started, undefined, {
      signal: AbortSignal.any([signal, expired]),
    });
    const now = Date.now();
    const signIn = keptAfter(answer, { signedInAt: new Date(now).toISOString() }, now);
    if (signIn.refreshToken === '')
      throw new TokenRefusedError(
        `no token: ${nameOf(issuer)} gives no refresh token. Ask for it: add offline_access, or what the issuer calls it, to ERP_OAUTH_SCOPE.`,
      );
    return signIn;
  } catch (error) {
    // The end may come while an answer is awaited, and is then told as an answer that did not come.
    const told = explained(error, issuer, [issuer.clientSecret()]);
    if (expired?.aborted && told instanceof TokenSilentError)
      throw new TokenRefusedError('no token: nobody entered the code in time. Sign in again.', { cause: error });
    throw told;
  }
}
