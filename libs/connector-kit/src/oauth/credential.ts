import { CallOutcomeError } from '../call-outcome-error.js';
import { withNewSecret } from '../with-new-secret.js';
import type { BearerTokens } from './bearer-tokens.js';
import { TokenRefusedError, TokenSilentError } from './token-errors.js';

/**
 * Makes a call with a credential, and once more when it was refused (a `CallOutcomeError` with the outcome `unauthorised`) and there is a newer
 * one. An error that repeats the credential is thrown without it.
 */
export type Credential = <T>(call: (secret: string) => Promise<T>) => Promise<T>;

const isRefused = (error: unknown): boolean => error instanceof CallOutcomeError && error.outcome.kind === 'unauthorised';

/** A token or API key that may be exchanged while the process runs. */
export function secretCredential(secret: () => string): Credential {
  return (call) => withNewSecret(secret, () => hiding(call)(secret()), isRefused);
}

/**
 * Access tokens of an issuer. Without one nothing is sent: refused is `unauthorised`, no answer is `unavailable`.
 * @param silentCode code of the outcome when the issuer does not answer.
 */
export function tokenCredential(tokens: BearerTokens, silentCode: string): Credential {
  return (call) =>
    tokens.use(hiding(call), isRefused).catch((error: unknown) => {
      if (error instanceof TokenRefusedError) throw new CallOutcomeError({ kind: 'unauthorised', text: error.message });
      if (error instanceof TokenSilentError) throw new CallOutcomeError({ kind: 'unavailable', code: silentCode, text: error.message });
      throw error;
    });
}

/** The same call, whose errors do not show the credential: a service may repeat it in its answer. */
const hiding =
  <T>(call: (secret: string) => Promise<T>) =>
  (secret: string): Promise<T> =>
    call(secret).catch((error: unknown) => {
      if (!(error instanceof CallOutcomeError)) throw error;
      throw new CallOutcomeError({ ...error.outcome, text: error.outcome.text.replaceAll(secret, '[secret]') });
    });
