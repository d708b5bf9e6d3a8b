import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { OutboundConnection } from './outbound-connection.js';
import { tlsMaterialSource, validUntil } from './outbound-connection.js';

/** Time before its end at which a certificate is worth a warning, ms. */
export const certificateWarningMs = 14 * 24 * 3_600_000;

/** The end of one certificate of a connection. */
export interface CertificateEnd {
  readonly whose: 'server' | 'client';
  /** ms since the epoch. */
  readonly validUntil: number;
}

/**
 * Ends of the certificates that calls to an address depend on: of our own, and of the server, which is asked without a proxy in between.
 * @param timeoutMs longest time the server may take.
 * @throws {Error} when the server cannot be reached, or is not trusted.
 */
export async function certificateEnds(url: string, connection: OutboundConnection, timeoutMs: number): Promise<readonly CertificateEnd[]> {
  const material = tlsMaterialSource(connection)();
  const own: CertificateEnd[] = material.cert === undefined ? [] : [{ whose: 'client', validUntil: validUntil(material.cert) }];
  const { protocol, hostname, port } = new URL(url);
  if (protocol !== 'https:' || connection.proxyUrl !== undefined) return own;
  return [...own, { whose: 'server', validUntil: await serverEnd(hostname, Number(port || 443), material, timeoutMs) }];
}

function serverEnd(host: string, port: number, material: { ca?: readonly string[] }, timeoutMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const { ca, ...client } = material;
    const name = host.replace(/^\[|\]$/g, '');
    const server = isIP(name) === 0 ? { servername: name } : {}; // an address is no server name (RFC 6066)
    const socket = connect({ host: name, port, ...server, ...client, ...(ca ? { ca: [...ca] } : {}) }, () => {
      const { valid_to: end } = socket.getPeerCertificate();
      socket.destroy();
      resolve(Date.parse(end));
    });
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`${host}:${port} did not answer within ${timeoutMs} ms`)));
    socket.once('error', reject);
  });
}
