import { ConfigurationError, secretSource } from '@tributary/platform';
import { readEndpoints } from './endpoints.js';
import type { StripeEndpoint } from './endpoints.js';

/**
 * The endpoints as they are now: STRIPE_ENDPOINTS_FILE is read again when it changes. A file that is gone, half-written or wrong keeps the
 * endpoints that were read before, with a warning.
 * @returns the same array as long as nothing changed.
 * @throws {ConfigurationError} naming everything that is wrong at the start.
 */
export function endpointSource(env: NodeJS.ProcessEnv, warn?: (text: string) => void): () => readonly StripeEndpoint[] {
  let endpoints: readonly StripeEndpoint[] = readEndpoints(env);
  const file = env.STRIPE_ENDPOINTS_FILE;
  if (!file) return () => endpoints;
  // The text of a file that can be used as a whole, and only then.
  const isWhole = (text: string): boolean => endpointsIn(text, env) !== undefined;
  const text = secretSource('STRIPE_ENDPOINTS', { file, isWhole, ...(warn ? { warn } : {}) });
  let seen = text();
  return () => {
    const now = text();
    if (now === seen) return endpoints;
    seen = now;
    endpoints = endpointsIn(now, env) ?? endpoints;
    return endpoints;
  };
}

function endpointsIn(text: string, env: NodeJS.ProcessEnv): readonly StripeEndpoint[] | undefined {
  try {
    return readEndpoints({ ...env, STRIPE_ENDPOINTS: text, STRIPE_ENDPOINTS_FILE: undefined });
  } catch (error) {
    if (error instanceof ConfigurationError) return undefined;
    throw error;
  }
}
