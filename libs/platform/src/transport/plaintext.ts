import { ConfigurationError } from '../configuration-error.js';

/** A connection that may be protected. */
export type ProtectedConnection = 'kafka' | 'registry' | 'postgresql' | 'services';

/**
 * Refuses an unprotected connection in production, unless ALLOW_PLAINTEXT names it.
 * @param how what protects it.
 * @throws {ConfigurationError}
 */
export function refusePlaintext(
  config: { readonly TRIBUTARY_ENVIRONMENT?: string | undefined; readonly ALLOW_PLAINTEXT?: string | undefined },
  connection: ProtectedConnection,
  isProtected: boolean,
  how: string,
): void {
  if (isProtected || config.TRIBUTARY_ENVIRONMENT !== 'prod') return;
  if ((config.ALLOW_PLAINTEXT ?? '').split(',').includes(connection)) return;
  throw new ConfigurationError([
    `the connection to ${connection} is not protected, in production: ${how}, or name ${connection} in ALLOW_PLAINTEXT where another layer protects it`,
  ]);
}
