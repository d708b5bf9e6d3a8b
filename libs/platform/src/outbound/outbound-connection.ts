import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createSecureContext, rootCertificates } from 'node:tls';

/** How a server is reached: whom to trust, who we are, and through which proxy. */
export interface OutboundConnection {
  /** File of further certificates (PEM) that the server may be signed by. */
  readonly caFile?: string;
  /** Whether nobody is trusted beside that file: public authorities sign for strangers, too. */
  readonly onlyCaFile?: boolean;
  /** Files of the certificate that we show, and of its key (PEM). */
  readonly client?: { readonly certFile: string; readonly keyFile: string };
  /** HTTP proxy as it is now, with its user and password. Names of servers are resolved there, so only scheme, host and port are checked here. */
  readonly proxyUrl?: () => string;
}

/** Certificates as TLS takes them. */
export interface TlsMaterial {
  readonly ca?: readonly string[];
  readonly cert?: string;
  readonly key?: string;
}

/**
 * Reads the certificates of a connection, again whenever a file changes. Files that cannot be used (gone, half-written, a key of another
 * certificate) keep what was read before, with a warning.
 * @param warn called with one sentence that names the file and no content.
 * @returns the certificates now: the same object as long as nothing changed.
 * @throws {Error} naming the file, when the first reading finds nothing usable.
 */
export function tlsMaterialSource(
  connection: OutboundConnection,
  warn: (text: string) => void = (text) => process.emitWarning(text),
): () => TlsMaterial {
  const files = [connection.caFile, connection.client?.certFile, connection.client?.keyFile].filter((file) => file !== undefined);
  let seen = versionsOf(files);
  let material = readMaterial(connection);
  return () => {
    const now = versionsOf(files);
    if (now === seen) return material;
    seen = now;
    try {
      material = readMaterial(connection);
    } catch (error) {
      warn(`${error instanceof Error ? error.message : String(error)}; what was read before stays in use`);
    }
    return material;
  };
}

/** The end of a certificate's validity, ms since the epoch. @throws {Error} for a text that is no certificate. */
export function validUntil(pem: string): number {
  return new X509Certificate(pem).validToDate.getTime();
}

function versionsOf(files: readonly string[]): string {
  return files
    .map((file) => {
      const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
      return stat ? `${stat.ino} ${stat.mtimeNs} ${stat.size}` : '';
    })
    .join('|');
}

function readMaterial({ caFile, onlyCaFile = false, client }: OutboundConnection): TlsMaterial {
  const ca = caFile === undefined ? undefined : [...(onlyCaFile ? [] : rootCertificates), ...certificatesIn(caFile)];
  const own = client === undefined ? {} : { cert: textOf(client.certFile), key: textOf(client.keyFile) };
  try {
    createSecureContext({ ...own, ...(ca ? { ca } : {}) });
  } catch {
    // Without the cause: it may quote the file.
    throw new Error(`${client?.certFile ?? caFile ?? ''}: the certificate or its key cannot be used, or they do not belong together`);
  }
  return { ...own, ...(ca ? { ca } : {}) };
}

function certificatesIn(file: string): string[] {
  const found = textOf(file).match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  if (!found) throw new Error(`${file}: holds no certificate (PEM)`);
  return found;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`, { cause: error });
  }
}
