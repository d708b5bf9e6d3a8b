import type { BearerTokens, CallKind, ErpCall } from '@tributary/connector-kit';
import type { KineticConfig } from './kinetic.config.js';
import type { KineticRow } from './kinetic-json.js';
import { readKineticJson } from './kinetic-json.js';
import { tableRows } from './kinetic-dataset.js';
import { neverSent, reasonOf, retryAfterOf, withNewSecret } from '@tributary/connector-kit';
import { withLogin } from './kinetic-login.js';
import { KineticNotDoneError, KineticRefusedError, KineticSilentError, readErrorAnswer } from './kinetic-errors.js';

/** The part of `fetch` that the client uses. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Rows per page: the server caps longer pages silently and gives no nextLink (docs/reference/epicor-kinetic.md section 4.1). */
const pageRows = 100;
/** Most pages of one look-up. A look-up by key never needs that many. */
const maxPages = 50;

/** Begins the method of a call of an Epicor Function, `efx/<library>/<function>`: its address is another one (section 2). */
export const functionPrefix = 'efx/';

/** A read of an entity set. */
export interface ODataQuery {
  readonly filter?: string;
  readonly select?: readonly string[];
  /** Rows are paged in this order, so it has to be unique. */
  readonly orderBy?: string;
  /** At most this many rows, in one page. */
  readonly top?: number;
}

/** The out parameters and the return value of a method, whose datasets lie in different places (section 11). */
export interface MethodAnswer {
  readonly returnObj?: unknown;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Text of a function that caught its own error (section 4.2). */
  readonly errorText?: unknown;
}

/** A call of a method that stores, with its input. */
export interface KineticCall {
  readonly method: string;
  readonly input: object;
  /** When it is made and what Kinetic adds to it; shown to operators. */
  readonly text: string;
}

/** One HTTP call. */
interface SentCall {
  readonly verb: 'GET' | 'POST';
  readonly path: string;
  readonly name: string;
  readonly kind: CallKind;
  readonly input: object | undefined;
}

/** One company of one Kinetic instance over REST v2: login and API key on every call, a hard time limit, no retries. */
export class KineticClient {
  private sessionId: string | undefined;
  /** `Date` of the newest answer. */
  lastDate: string | undefined;
  /** The login in progress, so that concurrent calls share one session. */
  private loggingIn: Promise<void> | undefined;

  constructor(
    private readonly config: KineticConfig,
    private readonly fetch: Fetch,
    private readonly tokens?: BearerTokens,
  ) {}

  /** Whether calls carry tokens of an issuer instead of user and password. */
  get usesTokens(): boolean {
    return this.tokens !== undefined;
  }

  /** All rows of an entity set that match. @throws {KineticRefusedError|KineticSilentError} */
  async rows(service: string, entitySet: string, query: ODataQuery, signal: AbortSignal): Promise<KineticRow[]> {
    const options = [
      ...(query.filter ? [['$filter', query.filter] as const] : []),
      ...(query.select ? [['$select', query.select.join(',')] as const] : []),
      ...(query.orderBy ? [['$orderby', query.orderBy] as const] : []),
    ];
    return this.paged(`${service}/${entitySet}`, options, query.top, signal);
  }

  /** All rows of a BAQ: `BaqSvc/{id}/Data`, parameters in the query string (section 4.2). */
  async baq(id: string, parameters: Readonly<Record<string, string>>, signal: AbortSignal): Promise<KineticRow[]> {
    return this.paged(`BaqSvc/${id}/Data`, Object.entries(parameters), undefined, signal);
  }

  private async paged(
    path: string,
    options: readonly (readonly [string, string])[],
    top: number | undefined,
    signal: AbortSignal,
  ): Promise<KineticRow[]> {
    const rows: KineticRow[] = [];
    for (let page = 0; page < maxPages; page += 1) {
      const size = Math.min(top ?? pageRows, pageRows);
      const search = [...options, ['$top', String(size)], ['$skip', String(page * pageRows)]].map(
        ([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`,
      );
      const answer = (await this.call('GET', `${path}?${search.join('&')}`, path, 'lookup', undefined, signal)) as { value?: unknown };
      if (!Array.isArray(answer.value)) throw new KineticSilentError(path, 'lookup', true, 'the answer holds no rows');
      rows.push(...(answer.value as KineticRow[]));
      if (top !== undefined || answer.value.length < size) return rows;
    }
    throw new KineticSilentError(path, 'lookup', true, `more than ${maxPages * pageRows} rows`);
  }

  /**
   * A method that stores nothing. With `query` it is a GET, which read-only methods accept (section 4.2); with `input` a POST.
   * @returns undefined when the ERP says that the record is not there.
   */
  async read(
    method: string,
    how: { query: Readonly<Record<string, string>> } | { input: object },
    signal: AbortSignal,
  ): Promise<MethodAnswer | undefined> {
    try {
      if ('input' in how) return (await this.call('POST', method, method, 'read', how.input, signal)) as MethodAnswer;
      const search = Object.entries(how.query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
      return (await this.call(
        'GET',
        search.length ? `${method}?${search.join('&')}` : method,
        method,
        'read',
        undefined,
        signal,
      )) as MethodAnswer;
    } catch (error) {
      if (error instanceof KineticRefusedError && error.status === 404 && error.answer.type === 'RecordNotFoundException') return undefined;
      throw error;
    }
  }

  /**
   * A method that stores. Answers 200 with `errorsOccurred` or an error text, or without `opUpdateRan` or `lUpdateRan`, are refusals too (sections 4.2, 6.4, 6.5).
   * @throws {KineticNotDoneError} for those.
   */
  async write(method: string, input: object, signal: AbortSignal): Promise<MethodAnswer> {
    const answer = (await this.call('POST', method, method, 'write', input, signal)) as MethodAnswer;
    if (answer.parameters?.errorsOccurred === true) {
      const [first] = tableRows(answer.returnObj, 'BOUpdError');
      throw new KineticNotDoneError(
        'kinetic.row-refused',
        `${method}: ${String(first?.ErrorText ?? 'no text')}`,
        first?.TableName ? String(first.TableName) : undefined,
      );
    }
    if (typeof answer.errorText === 'string' && answer.errorText !== '')
      throw new KineticNotDoneError('kinetic.function-refused', `${method}: ${answer.errorText}`);
    if (answer.parameters?.opUpdateRan === false || answer.parameters?.lUpdateRan === false)
      throw new KineticNotDoneError('kinetic.update-did-not-run', `${method}: answered 200, the update did not run`);
    return answer;
  }

  /** A call as it is sent, without credentials. */
  describe({ method, input, text }: KineticCall): ErpCall {
    return { method: 'POST', path: `/${this.placeOf(method)}`, body: JSON.stringify(input), text };
  }

  private placeOf(path: string): string {
    if (path.startsWith(functionPrefix))
      return `api/v2/efx/${encodeURIComponent(this.config.company)}/${path.slice(functionPrefix.length)}`;
    return `api/v2/odata/${encodeURIComponent(this.config.company)}/${path}`;
  }

  /** Ends a held session. */
  async close(): Promise<void> {
    if (!this.sessionId) return;
    await this.call('POST', 'Ice.LIB.SessionModSvc/Logout', 'Logout', 'read', {}, AbortSignal.timeout(this.config.callTimeoutMs)).catch(
      () => undefined,
    );
    this.sessionId = undefined;
  }

  private call(
    verb: 'GET' | 'POST',
    path: string,
    name: string,
    kind: CallKind,
    input: object | undefined,
    signal: AbortSignal,
  ): Promise<unknown> {
    return withNewSecret(
      () => `${this.config.password} ${this.config.apiKey}`,
      () => this.inSession(verb, path, name, kind, input, signal),
      (error) => error instanceof KineticRefusedError && error.status === 401,
    );
  }

  private async inSession(
    verb: 'GET' | 'POST',
    path: string,
    name: string,
    kind: CallKind,
    input: object | undefined,
    signal: AbortSignal,
  ): Promise<unknown> {
    if (this.config.session && !this.sessionId) await this.login(signal);
    try {
      return await this.once(verb, path, name, kind, input, signal);
    } catch (error) {
      // 410: the session has expired and nothing was done (section 3). Log in again and repeat the call once.
      if (!(error instanceof KineticRefusedError) || error.status !== 410 || !this.config.session) throw error;
      if (this.sessionId === error.sessionId) this.sessionId = undefined;
      if (!this.sessionId) await this.login(signal);
      return this.once(verb, path, name, kind, input, signal);
    }
  }

  private async login(signal: AbortSignal): Promise<void> {
    this.loggingIn ??= this.openSession(signal).finally(() => (this.loggingIn = undefined));
    await this.loggingIn;
  }

  private async openSession(signal: AbortSignal): Promise<void> {
    const answer = (await this.once('POST', 'Ice.LIB.SessionModSvc/Login', 'Login', 'read', {}, signal)) as MethodAnswer;
    if (typeof answer.returnObj !== 'string') throw new KineticSilentError('Login', 'read', true, 'the answer holds no session');
    this.sessionId = answer.returnObj;
  }

  private once(
    verb: 'GET' | 'POST',
    path: string,
    name: string,
    kind: CallKind,
    input: object | undefined,
    signal: AbortSignal,
  ): Promise<unknown> {
    const call = { verb, path, name, kind, input };
    return withLogin(this.config, this.tokens, call, (authorization) => this.send(call, authorization, signal));
  }

  private async send({ verb, path, name, kind, input }: SentCall, authorization: string, signal: AbortSignal): Promise<unknown> {
    if (signal.aborted) throw new KineticSilentError(name, kind, false, 'given up before it was sent');
    const limit = AbortSignal.any([signal, AbortSignal.timeout(this.config.callTimeoutMs)]);
    const sessionId = this.sessionId;
    let response: Response;
    let body: string;
    try {
      response = await this.fetch(`${this.config.url}/${this.placeOf(path)}`, {
        method: verb,
        headers: this.headers(authorization),
        redirect: 'manual',
        signal: limit,
        ...(input ? { body: JSON.stringify(input) } : {}),
      });
      body = await response.text();
      this.lastDate = response.headers.get('date') ?? undefined;
    } catch (error) {
      throw new KineticSilentError(name, kind, !neverSent(error), reasonOf(error, limit), { cause: error });
    }
    if (response.ok) return parsed(body, name, kind);
    throw new KineticRefusedError(name, kind, response.status, readErrorAnswer(body), { retryAfterMs: retryAfterOf(response), sessionId });
  }

  private headers(authorization: string): Record<string, string> {
    return {
      accept: 'application/json',
      'content-type': 'application/json',
      authorization,
      'x-api-key': this.config.apiKey,
      ...(this.sessionId ? { SessionInfo: JSON.stringify({ SessionID: this.sessionId }) } : {}),
    };
  }
}

function parsed(body: string, name: string, kind: CallKind): unknown {
  try {
    const answer = body === '' ? {} : readKineticJson(body);
    if (typeof answer === 'object' && answer !== null) return answer;
  } catch {
    // Falls through: a proxy's page with status 200 says no more than no answer.
  }
  throw new KineticSilentError(name, kind, true, 'the answer is not JSON');
}

/** Rows of a BAQ under their plain column names: a BAQ calls them `Table_Field` (section 4.2). */
export async function baqRows(
  client: KineticClient,
  id: string,
  table: string,
  parameters: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<KineticRow[]> {
  const rows = await client.baq(id, parameters, signal);
  const prefix = new RegExp(`^${table}(_UD)?_`);
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name.replace(prefix, ''), value])));
}
