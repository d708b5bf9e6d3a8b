import { CallOutcomeError } from '../call-outcome-error.js';
import { exactJsonObject } from '../exact-json.js';
import type { Credential } from '../oauth/index.js';
import { cannotBeKnown, finding, passed, zoneFinding } from './erp-finding.js';
import type { ErpFinding, ErpNeeds } from './erp-finding.js';
import { clockFinding } from './clock-finding.js';

/** Longest text taken over from an answer, characters. */
const maxText = 500;

/** What one look-up was answered with. */
interface LookUpAnswer {
  readonly status: number;
  readonly isJson: boolean;
  readonly date: string | undefined;
}

/** A service over HTTP of which no more is known than its look-ups. */
export interface CheckedService {
  readonly url: string;
  /** Look-ups that store nothing; the first is the probe, and empty ones are left out. */
  readonly lookUps: readonly string[];
  readonly credential: Credential;
  /** @throws {CallOutcomeError} without an answer. */
  readonly send: (
    lookUp: string,
    body: undefined,
    secret: string,
    signal: AbortSignal,
  ) => Promise<{ readonly response: Response; readonly text: string }>;
  /** Whether calls carry tokens of an issuer. */
  readonly usesTokens?: boolean;
}

/** Asks, and once more with a newer credential where the first was refused. @throws {CallOutcomeError} */
function ask({ credential, send }: CheckedService, lookUp: string, signal: AbortSignal): Promise<LookUpAnswer> {
  return credential(async (secret) => {
    const { response, text } = await send(lookUp, undefined, secret, signal);
    if (response.status === 401)
      throw new CallOutcomeError({ kind: 'unauthorised', text: `${lookUp}: HTTP 401: ${text.slice(0, maxText)}` });
    return { status: response.status, isJson: exactJsonObject(text) !== undefined, date: response.headers.get('date') ?? undefined };
  });
}

/** What a service lacks, as far as its look-ups show it; and what they do not show. Stores nothing. */
export async function checkService(service: CheckedService, needs: ErpNeeds, signal: AbortSignal): Promise<ErpFinding[]> {
  const findings: ErpFinding[] = [];
  for (const [index, lookUp] of [...new Set(service.lookUps)].filter((one) => one !== '').entries()) {
    const answer = await ask(service, lookUp, signal).catch((error: unknown) => refusalFinding(error, service));
    if ('code' in answer) return [...findings, answer]; // every other look-up has the same answer
    const found = lookUpFinding(lookUp, answer, service, index === 0);
    findings.push(found);
    if (found.code === 'check.path-wrong') return findings;
    if (index === 0) findings.push(clockFinding(answer.date, Date.now()));
  }
  return [...findings, ...notToBeKnown(needs)];
}

function refusalFinding(error: unknown, { url, usesTokens = false }: CheckedService): ErpFinding {
  if (!(error instanceof CallOutcomeError)) throw error;
  const { outcome } = error;
  const text = 'text' in outcome ? outcome.text : 'no text';
  const ofIssuer = text.startsWith('no token: ');
  if (outcome.kind !== 'unauthorised')
    return ofIssuer
      ? finding('check.issuer-unreachable', 'login', `${text}.`)
      : finding('check.unreachable', 'login', `${url} does not answer: ${text}`);
  if (/licen[cs]e/i.test(text)) return finding('check.no-licence', 'login', text);
  return finding(usesTokens ? 'check.token-refused' : 'check.login-refused', 'login', text);
}

function lookUpFinding(lookUp: string, { status, isJson }: LookUpAnswer, { url }: CheckedService, isProbe: boolean): ErpFinding {
  const text = `${lookUp}: HTTP ${status}${isJson ? '' : ', and no JSON'}.`;
  if (status >= 200 && status < 300 && isJson) return passed(isProbe ? 'login' : 'service', `${lookUp} is answered.`);
  if (status === 403) return finding('check.right-missing', 'right', text);
  if (isProbe && (status < 400 || status === 404 || status === 405))
    return finding('check.path-wrong', 'service', `What answers at ${url} is not the service of the service file: ${text}`);
  if (status === 404 || status === 405) return finding('check.service-missing', 'service', text);
  return finding('check.not-checked', 'service', text);
}

const notToBeKnown = (needs: ErpNeeds): ErpFinding[] => [
  cannotBeKnown('custom-field', 'Whether the service takes every field', 'its look-ups do not list them'),
  cannotBeKnown('record', 'Accounts, periods and customer numbers', 'the service file names no look-up of them'),
  cannotBeKnown('version', 'The version', 'the service file names no call that tells it'),
  zoneFinding(needs, 'the service file names no call that tells it'),
];
