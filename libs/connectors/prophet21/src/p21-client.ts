import type { P21Config } from './p21.config.js';
import { AnswerDates } from '@tributary/connector-kit';
import type { CallKind } from '@tributary/connector-kit';
import { P21RefusedError, P21SilentError } from './p21-errors.js';
import type { Fetch } from './p21-http.js';
import { send } from './p21-http.js';
import type { P21Row } from './p21-json.js';
import type { ODataQuery } from './p21-odata.js';
import { tablePath } from './p21-odata.js';
import { P21Session } from './p21-session.js';
import { P21Writers } from './p21-writers.js';

/** A call of the middleware: below its root, or below that of the UI server (`ui`). */
export interface P21Call {
  readonly verb: 'GET' | 'POST' | 'PUT';
  readonly at: 'api' | 'ui';
  readonly path: string;
  readonly kind: CallKind;
  readonly body?: object;
}

/** One company of one P21 middleware: one session, few writers, a hard time limit per call, no retries. */
export class P21Client {
  private readonly session: P21Session;
  private readonly writers: P21Writers;
  private readonly dates: AnswerDates;
  private readonly fetch: Fetch;

  constructor(
    private readonly config: P21Config,
    fetch: Fetch,
  ) {
    this.dates = new AnswerDates(fetch);
    this.fetch = this.dates.fetch;
    this.session = new P21Session(config, this.fetch);
    this.writers = new P21Writers(config.writers);
  }

  /** `Date` of the newest answer. */
  get lastDate(): string | undefined {
    return this.dates.last;
  }

  /** All rows of a table that match. @throws {P21RefusedError|P21SilentError|P21UnauthorisedError} */
  async rows(table: string, query: ODataQuery, signal: AbortSignal): Promise<P21Row[]> {
    const answer = await this.call({ verb: 'GET', at: 'api', path: tablePath(table, query), kind: 'lookup' }, signal);
    const { value } = (answer ?? {}) as { value?: unknown };
    if (!Array.isArray(value)) throw new P21SilentError(`table ${table}`, 'lookup', true, 'the answer holds no rows');
    return value as P21Row[];
  }

  /** A call that stores nothing. @returns undefined when the record is not there. */
  async read(at: P21Call['at'], path: string, signal: AbortSignal): Promise<unknown> {
    try {
      return await this.call({ verb: 'GET', at, path, kind: 'read' }, signal);
    } catch (error) {
      if (error instanceof P21RefusedError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** A call that stores, one of the few that run at the same time. */
  async write(call: Omit<P21Call, 'kind'>, signal: AbortSignal): Promise<unknown> {
    let begun = false;
    try {
      return await this.writers.run(signal, () => {
        begun = true;
        return this.call({ ...call, kind: 'write' }, signal);
      });
    } catch (error) {
      if (begun) throw error;
      throw new P21SilentError(nameOf(call.path), 'write', false, 'given up while other writes were under way', { cause: error });
    }
  }

  private async call({ verb, at, path, kind, body }: P21Call, signal: AbortSignal): Promise<unknown> {
    const root = at === 'ui' ? await this.session.uiUrl(signal) : this.config.url;
    const name = nameOf(path);
    const text = body === undefined ? {} : { body: JSON.stringify(body) };
    return this.session.withToken(name, signal, (token) =>
      send({ verb, url: `${root}${path}`, name, kind, token, ...text }, this.config, this.fetch, signal),
    );
  }
}

/** What is called, for messages: the path without the query. */
function nameOf(path: string): string {
  return path.replace(/\?.*$/, '').replace(/^\//, '');
}
