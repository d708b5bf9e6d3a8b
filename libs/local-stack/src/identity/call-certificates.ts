import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createSecureContext, rootCertificates } from 'node:tls';
import type { TokenVariables } from './api-token.js';

/** Why a service could not be asked, where its certificate or ours is the reason. */
export class CertificateError extends Error {
  /** @param code `certificate.unusable`: a file of ours; `certificate.refused`: the service refuses us; `certificate.untrusted`: we refuse it. */
  constructor(
    readonly code: 'certificate.unusable' | 'certificate.refused' | 'certificate.untrusted',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'CertificateError';
  }
}

/** Certificates of a call, as TLS takes them. */
export interface CallCertificates {
  readonly ca?: readonly string[];
  readonly cert?: string;
  readonly key?: string;
}

/** The variables that name the files: the same as those of services (docs/adr/0071). */
const [caFile, certFile, keyFile] = ['SERVICE_CA_FILE', 'SERVICE_CLIENT_CERT_FILE', 'SERVICE_CLIENT_KEY_FILE'] as const;
const mayOthers = 0o077;

/**
 * What a service is trusted by and shown, from the files as they are now.
 * @returns undefined when no file is named.
 * @throws {CertificateError} `certificate.unusable`, naming variable and file and what to do, never what a file holds.
 */
export function callCertificates(env: TokenVariables, now = new Date()): CallCertificates | undefined {
  const [ca, cert] = [textOf(caFile, env), textOf(certFile, env)];
  if (env[keyFile]) refuseOpenKey(env[keyFile]);
  const key = textOf(keyFile, env);
  if ((cert === undefined) !== (key === undefined)) throw unusable(`${certFile} and ${keyFile}: set both or neither.`);
  if (ca === undefined && cert === undefined) return undefined;
  if (cert !== undefined) refuseExpired(cert, env[certFile] ?? '', now);
  const found = { ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }), ...(cert === undefined ? {} : { cert, key }) };
  try {
    createSecureContext(found as { ca: string[]; cert: string; key: string });
  } catch {
    // Without the cause: it may quote the file.
    const files = [env[caFile], env[certFile], env[keyFile]].filter(Boolean).join(', ');
    throw unusable(`${files}: a certificate or the key cannot be used, or they do not belong together.`);
  }
  return found as CallCertificates;
}

const refusals: readonly (readonly [RegExp, CertificateError['code'], string])[] = [
  [/CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/, 'certificate.untrusted', 'its certificate is not valid now'],
  [/ALTNAME_INVALID/, 'certificate.untrusted', 'its certificate is for another host'],
  [/SELF_SIGNED|UNABLE_TO_/, 'certificate.untrusted', `its certificate is signed by an authority that ${caFile} does not name`],
  [
    /ALERT|ECONNRESET|EPIPE|UND_ERR_SOCKET/,
    'certificate.refused',
    `it closed the connection, as it does to a caller whose certificate is missing or that it does not trust (${certFile}, ${keyFile}); its log says why`,
  ],
];

/** What was wrong with a call over TLS, when certificates are the reason; else undefined. */
export function certificateErrorOf(url: string, error: unknown): CertificateError | undefined {
  const codes = codesOf(error).join(' ');
  const found = refusals.find(([pattern]) => pattern.test(codes));
  return found && new CertificateError(found[1], `${new URL(url).origin}: ${found[2]}.`, { cause: error });
}

function codesOf(error: unknown): string[] {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  return [...(typeof code === 'string' ? [code] : []), ...(cause === undefined ? [] : codesOf(cause))];
}

function textOf(name: string, env: TokenVariables): string | undefined {
  const file = env[name];
  if (!file) return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'it is not there' : code === 'EACCES' ? 'it may be read by another user only' : code;
    throw unusable(`${name} ${file}: cannot be read (${why}).`, error);
  }
}

/** A private key of ours that others may read is none; one that belongs to another user, as a mounted secret does, is theirs to protect. */
function refuseOpenKey(file: string): void {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat || stat.uid !== process.getuid?.() || (stat.mode & mayOthers) === 0) return;
  throw unusable(`${keyFile} ${file}: others may read or change it. Do: chmod 600 ${file}`);
}

function refuseExpired(cert: string, file: string, now: Date): void {
  let own: X509Certificate;
  try {
    own = new X509Certificate(cert);
  } catch {
    throw unusable(`${certFile} ${file}: holds no certificate (PEM).`);
  }
  if (own.validToDate < now) throw unusable(`${certFile} ${file}: expired at ${own.validToDate.toISOString()}. Every service refuses it.`);
  if (own.validFromDate > now) throw unusable(`${certFile} ${file}: is not valid before ${own.validFromDate.toISOString()}.`);
}

function unusable(message: string, cause?: unknown): CertificateError {
  return new CertificateError('certificate.unusable', message, { cause });
}
