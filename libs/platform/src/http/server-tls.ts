import { Server } from 'node:tls';
import type { TlsOptions } from 'node:tls';
import { ConfigurationError } from '../configuration-error.js';
import { certificateWarningMs } from '../outbound/certificate-end.js';
import { tlsMaterialSource, validUntil } from '../outbound/outbound-connection.js';
import type { OutboundConnection, TlsMaterial } from '../outbound/outbound-connection.js';
import type { ServiceTlsConfig } from '../transport/service-tls.environment.js';
import { usable } from '../transport/usable.js';

/** What the API of a service is served with, over TLS. */
export interface ServerTls {
  /** The certificates now; read again when their files change. */
  readonly now: () => TlsMaterial;
  /** Whether a caller has to show a certificate. */
  readonly mutual: boolean;
}

/**
 * TLS of HTTP_PORT by the configuration; undefined: it answers plain http.
 * @throws {ConfigurationError} for files that cannot be used, or do not go together.
 */
export function serverTlsOf(config: ServiceTlsConfig, warn?: (text: string) => void): ServerTls | undefined {
  const { HTTP_TLS_CERT_FILE: certFile, HTTP_TLS_KEY_FILE: keyFile, HTTP_TLS_CLIENT_CA_FILE: caFile } = config;
  if ((certFile === undefined) !== (keyFile === undefined))
    throw new ConfigurationError(['HTTP_TLS_CERT_FILE and HTTP_TLS_KEY_FILE: set both or neither']);
  if (certFile === undefined || keyFile === undefined) {
    if (caFile === undefined) return undefined;
    throw new ConfigurationError([
      'HTTP_TLS_CLIENT_CA_FILE needs HTTP_TLS_CERT_FILE and HTTP_TLS_KEY_FILE: callers show certificates over TLS only',
    ]);
  }
  const files: OutboundConnection = { client: { certFile, keyFile }, ...(caFile === undefined ? {} : { caFile, onlyCaFile: true }) };
  return { now: usable(() => tlsMaterialSource(files, warn)), mutual: caFile !== undefined };
}

/** Options of the server for these certificates. */
export function tlsServerOptions({ now, mutual }: ServerTls): TlsOptions {
  return { ...contextOf(now()), minVersion: 'TLSv1.2', requestCert: mutual, rejectUnauthorized: mutual };
}

/** Has the server use changed certificates for the next connection; open ones stay. */
export function renewCertificates(server: Server, { now }: ServerTls): void {
  let used = now();
  server.prependListener('connection', () => {
    const current = now();
    if (current === used) return;
    used = current;
    server.setSecureContext({ ...contextOf(current), minVersion: 'TLSv1.2' });
  });
}

/** Warns of a certificate that ends, and of callers that are refused. */
export function warnAboutTls(server: unknown, tls: ServerTls | undefined, warn: (text: string) => void): void {
  if (!tls || !(server instanceof Server)) return;
  logRefusedCallers(server, warn);
  const ending = certificateEndWarning(tls, Date.now());
  if (ending !== undefined) warn(ending);
}

/** How long a reason for which callers are refused is not logged again, ms. */
const refusalLoggedEveryMs = 60_000;

/** Logs why callers are refused before they can ask anything: they only see that the connection is closed. */
export function logRefusedCallers(server: Server, warn: (text: string) => void, now = (): number => Date.now()): void {
  const logged = new Map<string, number>();
  server.on('tlsClientError', (error: NodeJS.ErrnoException, { authorizationError }) => {
    // Node's name of what was wrong with the certificate, which it keeps as a text.
    const code = String((authorizationError as Error | string | null) ?? error.code ?? 'unknown');
    if (code === 'ECONNRESET') return; // it went away by itself, as a probe of the port does
    if (now() - (logged.get(code) ?? -Infinity) < refusalLoggedEveryMs) return;
    logged.set(code, now());
    warn(`a caller was refused: ${refusals.find(([pattern]) => pattern.test(code))?.[1] ?? 'the TLS handshake failed'} (${code})`);
  });
}

const refusals: readonly (readonly [RegExp, string])[] = [
  [/^UNABLE_TO_GET_ISSUER_CERT$|PEER_DID_NOT_RETURN/, 'it shows no certificate, and HTTP_TLS_CLIENT_CA_FILE asks for one'],
  [/SELF_SIGNED|UNABLE_TO_|INVALID_CA/, 'its certificate is signed by an authority that HTTP_TLS_CLIENT_CA_FILE does not name'],
  [/CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/, 'its certificate is not valid now'],
  [/HTTP_REQUEST|WRONG_VERSION_NUMBER/, 'it sends plain http, and HTTP_PORT is served over TLS'],
];

/** What is worth a warning about the end of the certificate at a time, ms; undefined: nothing. */
export function certificateEndWarning({ now }: ServerTls, atMs: number): string | undefined {
  const { cert } = now();
  const end = cert === undefined ? Infinity : validUntil(cert);
  if (end - atMs > certificateWarningMs) return undefined;
  const when = new Date(end).toISOString();
  return end <= atMs
    ? `the certificate of HTTP_TLS_CERT_FILE expired at ${when}: every caller refuses it`
    : `the certificate of HTTP_TLS_CERT_FILE expires at ${when}`;
}

function contextOf({ ca, cert, key }: TlsMaterial): TlsOptions {
  return { ...(cert === undefined ? {} : { cert }), ...(key === undefined ? {} : { key }), ...(ca === undefined ? {} : { ca: [...ca] }) };
}
