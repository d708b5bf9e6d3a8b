import type { BearerTokens, CallKind } from '@tributary/connector-kit';
import { TokenRefusedError, TokenSilentError } from '@tributary/connector-kit';
import type { KineticConfig } from './kinetic.config.js';
import { KineticRefusedError, KineticSilentError } from './kinetic-errors.js';

/**
 * Makes a call with its login: a token where there are tokens, else Basic. Users of Epicor's identity provider or Entra ID cannot use Basic.
 * Source: docs/reference/epicor-kinetic.md section 3.
 * @param send makes the call with this value of the header `authorization`.
 * @throws {KineticRefusedError} 401 when the issuer gives no token. @throws {KineticSilentError} when it does not answer; nothing was sent.
 */
export async function withLogin<T>(
  { user, password }: Pick<KineticConfig, 'user' | 'password'>,
  tokens: BearerTokens | undefined,
  { name, kind }: { readonly name: string; readonly kind: CallKind },
  send: (authorization: string) => Promise<T>,
): Promise<T> {
  if (!tokens) return send(`Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`);
  try {
    return await tokens.use((token) => send(`Bearer ${token}`), isRefusedLogin);
  } catch (error) {
    if (error instanceof TokenRefusedError) throw new KineticRefusedError(name, kind, 401, { type: '', text: error.message });
    if (error instanceof TokenSilentError) throw new KineticSilentError(name, kind, false, error.message, { cause: error });
    throw error;
  }
}

const isRefusedLogin = (error: unknown): boolean => error instanceof KineticRefusedError && error.status === 401;
