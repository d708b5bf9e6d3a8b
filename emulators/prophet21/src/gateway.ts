import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AccessControl, SessionPool } from './access.js';
import type { Answer } from './answers.js';
import { NotStored, ok, P21Error, Refusal } from './answers.js';
import type { Call } from './call.js';
import { objectOf } from './call.js';
import type { EmulatorConfig } from './emulator.config.js';
import { readJson } from './exact-json.js';
import type { FaultAction, Faults } from './faults.js';
import { redirectOf } from './rest/base.js';
import type { Matched } from './routes.js';
import { match } from './routes.js';
import { send } from './send.js';
import type { Store } from './store.js';

/** The parts that requests pass through. */
export interface GatewayParts {
  readonly config: EmulatorConfig;
  readonly store: Store;
  readonly access: AccessControl;
  readonly pool: SessionPool;
  readonly faults: Faults;
  readonly now: () => number;
}

/** A request as it came in. */
export interface Incoming {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly body: string;
}

/** What happened to a call: its name in the count of calls, and its end. */
export type Outcome = readonly [name: string, end: number | string];

/** Handles one call to the server, including the faults that are set. */
export class Gateway {
  constructor(private readonly parts: GatewayParts) {}

  /** @returns its name and status, or what happened instead of an answer. */
  async handle(incoming: Incoming): Promise<Outcome> {
    const { request, response, url, body } = incoming;
    const [path, method, accept] = [decodeURIComponent(url.pathname), request.method ?? 'GET', request.headers.accept];
    const location = redirectOf(path, url.search);
    if (location !== undefined) return [`${method} redirect`, send(response, accept, { status: 307, location })];
    if (/^\/api\/security\/token(\/v2)?$/.test(path) && method === 'POST') return this.token(incoming, path);
    const input = parsedBody(body);
    const matched = match(method, path, input);
    if (!matched) return [`${method} ${path}`, send(response, accept, unknownPath(path))];
    const { service } = matched.route;
    const name = `${method} ${service} ${matched.operation}`;
    const fault = this.parts.faults.for({ method, service, operation: matched.operation });
    return [name, await this.withFault(incoming, fault, () => this.answer(incoming, matched, input, fault))];
  }

  /** Tokens: section 3. The old form takes its credentials in headers [verified]. */
  private async token(incoming: Incoming, path: string): Promise<Outcome> {
    const { access, faults } = this.parts;
    const v2 = path.endsWith('/v2');
    const fault = faults.for({ method: 'POST', service: 'security', operation: v2 ? 'token/v2' : 'token' });
    const { username, password } = incoming.request.headers;
    const end = await this.withFault(incoming, fault, async () => {
      try {
        if (fault?.kind === 'licence') throw licenceError();
        return ok(v2 ? access.tokenV2(objectOf(parsedBody(incoming.body))) : access.userToken(username, password), 'TokenResponse');
      } catch (error) {
        if (error instanceof Refusal) return error.answer('');
        throw error;
      }
    });
    return [`POST security ${v2 ? 'token/v2' : 'token'}`, end];
  }

  private async withFault(incoming: Incoming, fault: FaultAction | undefined, work: () => Promise<Answer>): Promise<number | string> {
    const { request, response } = incoming;
    const reply = (answer: Answer): number => send(response, request.headers.accept, answer);
    if (fault?.kind === 'drop-before') return drop(response);
    if (fault?.kind === 'stall') return 'stalled';
    // 502, 503 and 504 come from the proxy in front: section 9 [verified list]; their bodies are assumed.
    if (fault?.kind === 'down') return reply({ status: 503, body: 'Service Unavailable' });
    if (fault?.kind === 'status') return reply({ status: fault.status ?? 500, body: fault.body ?? 'Internal Server Error', json: true });
    if (fault?.kind === 'delay') await wait(fault.delayMs ?? 0);
    const answer = await work();
    if (fault?.kind === 'commit-then-drop-connection') return drop(response);
    if (fault?.kind === 'commit-then-stall') return 'stalled after commit';
    if (fault?.kind === 'commit-then-502') return reply({ status: 502, body: 'Bad Gateway' });
    return reply(answer);
  }

  private async answer(incoming: Incoming, matched: Matched, input: unknown, fault?: FaultAction): Promise<Answer> {
    const { access, pool, config, now } = this.parts;
    let giveBack: (() => void) | undefined;
    let user = '';
    try {
      if (fault?.kind === 'token-expired') access.expireAll();
      user = access.authenticate(incoming.request.headers.authorization, decodeURIComponent(incoming.url.pathname)).user;
      if (fault?.kind === 'licence') throw licenceError();
      if (matched.route.inSession) {
        giveBack = fault?.kind === 'no-session' ? undefined : pool.claim();
        if (!giveBack) throw new P21Error('noSession', 'No session of the UI server is available.');
        if (config.writeMs > 0) await wait(config.writeMs);
      }
      if (fault?.kind === 'refuse') throw new P21Error('business', 'The record was refused by a business rule of this site.');
      return this.run(incoming, matched, { user, body: input, nowMs: now(), ...(fault ? { fault } : {}) });
    } catch (error) {
      if (error instanceof Refusal) return error.answer(user);
      const at = `${matched.route.service} ${matched.operation}`;
      process.stderr.write(`${JSON.stringify({ level: 'error', at, error: String((error as Error).stack) })}\n`);
      return new P21Error('server', 'An unexpected error occurred.').answer(user);
    } finally {
      giveBack?.();
    }
  }

  private run({ request, url }: Incoming, { route, args }: Matched, of: Pick<Call, 'user' | 'body' | 'nowMs' | 'fault'>): Answer {
    const { store, config } = this.parts;
    const query = new URLSearchParams(url.searchParams);
    query.set('origin', `http://${request.headers.host ?? 'localhost'}`);
    return store.transaction((transaction) => {
      const answer = route.handler({ ...of, transaction, config, args, query, method: request.method ?? 'GET' });
      // The call reports success and nothing is written: section 4 (IgnoreDisabled).
      if (of.fault?.kind === 'not-stored') throw new NotStored(answer);
      return answer;
    });
  }
}

/** Undefined for no body and for one that is no JSON: the handler says what is wrong with it. */
function parsedBody(body: string): unknown {
  try {
    return body === '' ? undefined : readJson(body);
  } catch {
    return undefined;
  }
}

/** That an unknown path is answered like an unknown key is assumed. */
function unknownPath(path: string): Answer {
  return new P21Error('notFound', `No resource at ${path}.`).answer('');
}

/** No source says what a server without a licence answers: status, type and text are assumed. */
function licenceError(): P21Error {
  return new P21Error('licence', 'The licence of this server has expired, or all its users are in use.');
}

function drop(response: ServerResponse): string {
  response.destroy();
  return 'dropped';
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
