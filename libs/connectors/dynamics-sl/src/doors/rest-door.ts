import { secretsOf } from '../sl.config.js';
import type { SlConfig } from '../sl.config.js';
import { refusalIn } from '../error-answers.js';
import { withNewSecret } from '@tributary/connector-kit';
import type { CallKind } from '@tributary/connector-kit';
import { isUnauthorised, SlRefusedError, SlSilentError } from '../sl-errors.js';
import { textOf } from '../sl-values.js';
import type { SlRow } from '../sl-values.js';
import { rowIn } from './door.js';
import type { DescribedCall, SlAction, SlDoor, SlFilter, SlScreen, SlService } from './door.js';
import type { HttpCalls } from './http-calls.js';
import { restCallOf } from './rest-paths.js';
import { sentScreen } from './sent-values.js';

/** The REST door of the web layer. Source: docs/reference/dynamics-sl.md sections 2.1 and 2.4. */
export class RestDoor implements SlDoor {
  constructor(
    private readonly http: HttpCalls,
    private readonly config: SlConfig,
  ) {}

  async edit(service: SlService, action: SlAction, screen: SlScreen, signal: AbortSignal): Promise<SlScreen> {
    const { method, path, body } = this.describe(service, action, screen);
    return (await this.call(method, path, body, `${service} ${action}`, 'write', signal)) as SlScreen;
  }

  async query(view: string, filters: readonly SlFilter[], signal: AbortSignal): Promise<readonly SlRow[]> {
    const body = JSON.stringify({ filters: filters.map((filter) => ({ comparisonType: '=', ...filter })) });
    const path = `/api/quickQuery/${encodeURIComponent(view)}`;
    const answer = (await this.call('POST', path, body, `query ${view}`, 'lookup', signal)) as { myQueryResults?: { Table?: unknown } };
    const rows = answer.myQueryResults?.Table;
    if (!Array.isArray(rows)) throw new SlSilentError(`query ${view}`, 'lookup', true, 'the answer holds no rows');
    return rows as SlRow[];
  }

  describe(service: SlService, action: SlAction, screen: SlScreen): DescribedCall {
    const { method, path } = restCallOf(service, action, textOf(rowIn(screen, 'myCustomer').CustId));
    return { method, path, body: JSON.stringify(sentScreen(screen, this.config.dates)) };
  }

  private call(
    method: 'POST' | 'PUT' | 'PATCH',
    path: string,
    body: string,
    name: string,
    kind: CallKind,
    signal: AbortSignal,
  ): Promise<object> {
    const once = (): Promise<object> => this.once(method, path, body, name, kind, signal);
    return withNewSecret(() => secretsOf(this.config), once, isUnauthorised);
  }

  private async once(
    method: 'POST' | 'PUT' | 'PATCH',
    path: string,
    body: string,
    name: string,
    kind: CallKind,
    signal: AbortSignal,
  ): Promise<object> {
    const headers = restHeaders(this.config);
    const text = await this.http.send({ method, url: `${this.config.url}${path}`, headers, body, name, kind }, signal);
    const answer = jsonOf(text, name, kind);
    const refusal = refusalIn(answer);
    if (refusal !== undefined) throw new SlRefusedError(name, kind, 200, refusal);
    return answer;
  }
}

/** Signs a request: Basic, or the pair of keys with a comma that older installations want (section 2.1). */
export function restHeaders({ user, password, login, siteId, company }: SlConfig): Record<string, string> {
  const pair = Buffer.from(login === 'key' ? `${user},${password}` : `${user}:${password}`).toString('base64');
  return {
    accept: 'application/json',
    'content-type': 'application/json',
    authorization: login === 'key' ? pair : `Basic ${pair}`,
    SiteID: siteId,
    CpnyID: company,
  };
}

function jsonOf(text: string, name: string, kind: CallKind): object {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === 'object' && answer !== null) return answer;
  } catch {
    // Falls through: a page with status 200 says no more than no answer.
  }
  throw new SlSilentError(name, kind, true, 'the answer is not JSON');
}
