import { cannotBeKnown, finding, passed } from '@tributary/connector-kit';
import type { ErpFinding, FindingCode } from '@tributary/connector-kit';
import { certificateEnds, certificateWarningMs, erpConnectionOf } from '@tributary/platform';

const answersWithinMs = 20_000;
const dayMs = 86_400_000;

/** Codes of errors of Node's TLS and network -> what they say about the target. Source: docs of Node's `tls` (X509 certificate error codes) and `errors`. */
const codeOf: Readonly<Record<string, FindingCode>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'check.certificate-untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'check.certificate-untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'check.certificate-untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'check.certificate-untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'check.certificate-untrusted',
  CERT_UNTRUSTED: 'check.certificate-untrusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'check.certificate-other-host',
  HOSTNAME_MISMATCH: 'check.certificate-other-host',
  CERT_HAS_EXPIRED: 'check.certificate-expired',
  CERT_NOT_YET_VALID: 'check.certificate-expired',
};
const network = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)$/;

/**
 * The certificates that calls to an address depend on: whether the server is trusted under this name, and when they end.
 * @param env of the target. @param now ms since the epoch.
 */
export async function certificateFindings(url: string, env: NodeJS.ProcessEnv, now: number): Promise<readonly ErpFinding[]> {
  try {
    const connection = erpConnectionOf(env);
    const ends = await certificateEnds(url, connection, answersWithinMs);
    const found = ends.map(({ whose, validUntil }) => certificateFinding(whose, validUntil, now));
    const behindProxy = connection.proxyUrl !== undefined && new URL(url).protocol === 'https:';
    return behindProxy
      ? [...found, cannotBeKnown('certificate', 'The end of the server certificate', 'calls go through ERP_PROXY_URL')]
      : found;
  } catch (error) {
    return [failureFinding(url, error)];
  }
}

/** The finding about the end of one certificate. @param now ms since the epoch. */
export function certificateFinding(whose: string, validUntil: number, now: number): ErpFinding {
  const end = new Date(validUntil).toISOString().slice(0, 10);
  const days = Math.floor((validUntil - now) / dayMs);
  if (validUntil <= now)
    return finding('check.certificate-expired', 'certificate', `the ${whose} certificate expired on ${end}.`, 'Exchange it.');
  if (validUntil - now < certificateWarningMs)
    return finding('check.certificate-ends-soon', 'certificate', `the ${whose} certificate expires on ${end}, in ${days} days.`);
  return passed('certificate', `the ${whose} certificate is valid until ${end}.`);
}

function failureFinding(url: string, error: unknown): ErpFinding {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const text = message.trim().replace(/\s*\n\s*/g, ' ');
  const { host } = new URL(url);
  const known = codeOf[code];
  if (known) return finding(known, 'certificate', `the certificate of ${host} cannot be used: ${text} (${code}).`);
  if (network.test(code) || /did not answer within/.test(text))
    return finding('check.unreachable', 'login', `${host} does not answer: ${text}.`);
  return finding('check.certificate-unusable', 'certificate', `the certificates for ${host} cannot be used: ${text}.`);
}
