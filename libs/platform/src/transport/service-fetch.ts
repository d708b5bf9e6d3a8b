import { createEgressFetch } from '../egress.js';
import { isLoopback } from '../loopback.js';
import { connectionFiles } from './client-files.js';
import { errorTexts } from './connection-problem.js';
import { refusePlaintext } from './plaintext.js';
import type { ServiceTlsConfig } from './service-tls.environment.js';
import { usable } from './usable.js';

/**
 * A `fetch` for one other service, with the certificates of the configuration as they are at each call.
 * @param url base address of that service; undefined when none is configured: nothing may be called then.
 * @param timeoutMs longest time for connect, headers and body each, ms.
 * @throws {ConfigurationError} for files that cannot be used, and in production for plain http to another machine.
 */
export function serviceFetchOf(config: ServiceTlsConfig, url: string | undefined, timeoutMs: number): typeof fetch {
  const connection = connectionFiles('SERVICE', {
    ca: config.SERVICE_CA_FILE,
    cert: config.SERVICE_CLIENT_CERT_FILE,
    key: config.SERVICE_CLIENT_KEY_FILE,
  });
  if (url !== undefined) refusePlaintext(config, 'services', isProtected(url), `${new URL(url).origin} has to be https`);
  return usable(() => createEgressFetch({ allow: url === undefined ? [] : [url], allowInternal: true, timeoutMs, connection }));
}

function isProtected(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || isLoopback(hostname);
}

const problems: readonly (readonly [RegExp, string])[] = [
  [/CERT_HAS_EXPIRED/, 'its certificate has expired'],
  [/CERT_NOT_YET_VALID/, 'its certificate is not valid yet'],
  [/ALTNAME_INVALID/, 'its certificate is for another host'],
  [/SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)/, 'its certificate is signed by an authority that SERVICE_CA_FILE does not name'],
  [/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG/, 'it answers plain http, and is called by https'],
];
/** Over TLS 1.3 a server closes the connection when a caller's certificate is missing or not good enough, and says why in its own log. */
const closed = 'it closed the connection: it may be stopping, serve TLS only, or not trust the certificate of SERVICE_CLIENT_CERT_FILE';

/** What was wrong with the certificate of another service, in words without an address; undefined: something else. */
export function certificateProblem(error: unknown): string | undefined {
  const text = errorTexts(error).join('\n');
  return problems.find(([pattern]) => pattern.test(text))?.[1];
}

/** Why a call of another service failed, in words without an address. */
export function serviceProblem(error: unknown): string {
  const isClosed = errorTexts(error).some((text) => /^(?:UND_ERR_SOCKET|ECONNRESET)$/.test(text));
  return certificateProblem(error) ?? (isClosed ? closed : 'it cannot be reached');
}
