import { finding } from '@tributary/connector-kit';
import type { ErpFinding } from '@tributary/connector-kit';
import type { KineticClient } from '../kinetic-client.js';
import type { KineticConfig } from '../kinetic.config.js';
import { isNoLicence, KineticRefusedError } from '../kinetic-errors.js';

/** Texts of errors that the issuer of tokens caused (libs/connector-kit/src/oauth). */
const ofIssuer = /no token: .*/s;

/**
 * Why nothing can be read: no answer, a login that is refused, no licence. Of every question the answer would be the same.
 * @returns undefined for a refusal that is about one service only.
 */
export function refusalOfAll(error: unknown, client: KineticClient, { url, user }: KineticConfig): ErpFinding | undefined {
  const text = error instanceof Error ? error.message : 'no answer';
  const [issuer] = ofIssuer.exec(text) ?? [];
  if (!(error instanceof KineticRefusedError)) {
    if (issuer !== undefined) return finding('check.issuer-unreachable', 'login', `${issuer}.`);
    if (/not JSON/.test(text))
      return finding('check.path-wrong', 'service', `What answers at ${url} is no Kinetic: ${text}.`, 'Check KINETIC_URL (without /api).');
    return finding(
      'check.unreachable',
      'login',
      `Kinetic at ${url} does not answer: ${text}.`,
      'Check KINETIC_URL (without /api), the network, and that the server runs.',
    );
  }
  if (isNoLicence(error)) return finding('check.no-licence', 'login', `Kinetic grants no licence: ${text}.`);
  if (error.status !== 401) return undefined;
  if (!client.usesTokens)
    return finding(
      'check.login-refused',
      'login',
      `the login ${user} or the API key is refused: ${text}`,
      'Check KINETIC_USER, KINETIC_PASSWORD and KINETIC_API_KEY; runbook: docs/runbooks/erp-password.md.',
    );
  return finding('check.token-refused', 'login', issuer ?? `Kinetic refuses the token or the API key: ${text}`);
}

/** What is wrong with the first service that is read: the address, the company, or a right. */
export function refusalOfCompany(error: KineticRefusedError, { url, company }: KineticConfig, service: string): ErpFinding {
  const { status, message, answer } = error;
  if (status === 403)
    return finding(
      'check.right-missing',
      'right',
      `${service} may not be read: ${message}`,
      `Add ${service} to the access scope of the API key, and the company to the login.`,
    );
  // An error of Kinetic names its type (section 5); a page of a web server does not.
  if (answer.type === '' && status < 500)
    return finding('check.path-wrong', 'service', `What answers at ${url} is no Kinetic: ${message}.`, 'Check KINETIC_URL (without /api).');
  if (status === 404)
    return finding(
      'check.company-unusable',
      'record',
      `there is no company "${company}" for this login: ${message}`,
      'Check KINETIC_COMPANY.',
    );
  if (status < 500)
    return finding(
      'check.company-unusable',
      'record',
      `company ${company} cannot be read: ${message}`,
      'Open the company in Kinetic with the same login; it may be closed, or the login may not work in it.',
    );
  return finding('check.not-checked', 'service', `${service} could not be checked: ${message}`);
}
