import { codeOfText, ErpSilentError, ErpUnauthorisedError, exactJsonObject, retryAfterOf, sendOnce } from '@tributary/connector-kit';
import type { Credential, Fetch } from '@tributary/connector-kit';
import { RestCallError, textAt } from './rest-json.js';
import type { Json } from './rest-json.js';
import type { RestService } from './service-file.js';

/** Where the service is, and how it is called. */
export interface RestAccess {
  /** Without a slash at its end. */
  readonly url: string;
  readonly credential: Credential;
  readonly callTimeoutMs: number;
  readonly fetch: Fetch;
  /** Whether calls carry tokens of an issuer. */
  readonly usesTokens?: boolean;
}

/** Longest text taken over from an answer, characters. */
const maxText = 500;
/** Most pages of one look-up. A look-up by key never needs that many. */
const maxPages = 50;

/** One REST service over HTTP: credential on every call, a hard time limit, no retries. */
export class RestClient {
  constructor(
    private readonly service: RestService,
    private readonly access: RestAccess,
  ) {}

  /** Calls an endpoint. @param body JSON text. @throws {RestCallError} */
  readonly call = (endpoint: string, body: string | undefined, signal: AbortSignal): Promise<Json> =>
    this.access.credential((secret) => this.once(endpoint, body, secret, signal));

  private async once(endpoint: string, body: string | undefined, secret: string, signal: AbortSignal): Promise<Json> {
    const { response, text } = await this.sent(endpoint, body, secret, signal);
    return this.read(endpoint, response, text);
  }

  /** The answer to one request, whatever its status. @throws {RestCallError} without one. */
  readonly sent = async (endpoint: string, body: string | undefined, secret: string, signal: AbortSignal) => {
    const { url, callTimeoutMs, fetch } = this.access;
    const [method = '', path = ''] = endpoint.split(' ');
    const { header, scheme } = this.service.auth;
    const headers = { accept: 'application/json', 'content-type': 'application/json', [header]: `${scheme}${secret}` };
    const init = { method, headers, ...(body ? { body } : {}) };
    const sent = await sendOnce(fetch, `${url}${path}`, init, { signal, timeoutMs: callTimeoutMs });
    if (sent.kind === 'answered') return sent;
    const text = `${endpoint}: ${sent.why}`;
    throw new RestCallError(sent.kind === 'unsent' ? { kind: 'unavailable', code: 'rest.unreachable', text } : { kind: 'unknown', text });
  };

  /** All rows of a look-up, over all pages. @throws {ErpSilentError | ErpUnauthorisedError} */
  async rows(endpoint: string, signal: AbortSignal): Promise<Json[]> {
    const { page, size, rows: pageRows } = this.service.paging;
    const found: Json[] = [];
    for (let number = 1; number <= maxPages; number += 1) {
      const answer: unknown = await this.call(`${endpoint}&${page}=${number}&${size}=${pageRows}`, undefined, signal).catch(lookUpFailed);
      const rows = Array.isArray(answer) ? answer : (answer as Json)[this.service.answers.rows];
      if (!Array.isArray(rows)) throw new ErpSilentError(`${endpoint}: the answer holds no ${this.service.answers.rows}`, {});
      found.push(...(rows as Json[]));
      if (rows.length < pageRows) return found;
    }
    throw new ErpSilentError(`${endpoint}: more than ${maxPages} pages`, {});
  }

  private read(endpoint: string, response: Response, text: string): Json {
    const { answers, statuses, retryAfterMs } = this.service;
    const answer = exactJsonObject(text);
    const said = (textAt(answer, answers.text) || 'no text').slice(0, maxText);
    const rejected = {
      kind: 'rejected',
      code: codeOfText('rest', textAt(answer, answers.code)),
      text: said,
      field: textAt(answer, answers.field),
    } as const;
    if (response.ok) {
      if (answer === undefined) throw new RestCallError({ kind: 'unknown', text: `${endpoint}: the answer is not JSON` });
      if (Object.entries(answers.failed).some(([path, value]) => textAt(answer, path) === value)) throw new RestCallError(rejected);
      return answer;
    }
    const why = `${endpoint}: HTTP ${response.status}: ${said}`;
    const kind = statuses[String(response.status)];
    if (kind === 'rejected') throw new RestCallError(rejected);
    if (kind === 'throttled') throw new RestCallError({ kind, retryAfterMs: retryAfterOf(response) ?? retryAfterMs, text: why });
    if (kind === 'unavailable') throw new RestCallError({ kind, code: 'rest.unavailable', text: why });
    throw new RestCallError({ kind: kind ?? 'unknown', text: why });
  }
}

/** A look-up without an answer is never "not there". */
export function lookUpFailed(error: unknown): never {
  if (!(error instanceof RestCallError)) throw error;
  const { kind, text } = error.outcome;
  throw kind === 'unauthorised' ? new ErpUnauthorisedError(text, {}, { cause: error }) : new ErpSilentError(text, {}, { cause: error });
}
