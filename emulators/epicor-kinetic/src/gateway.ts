import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './answers.js';
import { errorXml, hiddenText, KineticError, methodAnswer, ok } from './answers.js';
import type { AccessControl, Licences } from './access.js';
import { licenceError } from './access.js';
import type { EmulatorConfig } from './emulator.config.js';
import { readJson } from './exact-json.js';
import type { FaultAction, Faults } from './faults.js';
import { baqData } from './services/baq.js';
import { functionOperation } from './services/function.js';
import { services } from './services/index.js';
import type { Call, Operation } from './services/service.js';
import type { Store } from './store.js';

const sessionService = 'ice.lib.sessionmodsvc';

/** What a request is addressed to, from its path. */
export interface Target {
  readonly company: string;
  readonly service: string;
  /** Method, entity set, or the BAQ's id. */
  readonly operation: string;
  readonly key?: readonly string[];
}

/** The service name of calls of functions, `efx/{Library}`. */
const functions = 'efx/';

/** `/kinetic/api/v2/odata/{Company}/{Service}/{EntitySet or Method}`, `/kinetic/api/v2/efx/{Company}/{Library}/{Function}`: section 2 [verified]. */
export function targetOf(path: string): Target | undefined {
  const [, efxCompany, library, name] = /^\/kinetic\/api\/v2\/efx\/([^/]+)\/([^/]+)\/([^/]+)\/?$/.exec(path) ?? [];
  if (efxCompany && library && name) return { company: efxCompany, service: `${functions}${library}`, operation: name };
  const match = /^\/kinetic\/api\/v2\/odata\/([^/]+)\/([^/]+)\/([^/(]+)(?:\((.*)\))?(\/Data)?\/?$/.exec(path);
  if (!match) return undefined;
  const [, company = '', service = '', operation = '', key, data] = match;
  if ((service === 'BaqSvc') !== (data !== undefined)) return undefined;
  return { company, service, operation, ...(key === undefined ? {} : { key: keyValues(key) }) };
}

/** `'EPIC06',1042`: strings quoted, numbers bare: section 4.1 [verified]. */
function keyValues(text: string): string[] {
  return [...text.matchAll(/'((?:[^']|'')*)'|(-?\d+)/g)].map(([, quoted, bare]) => quoted?.replaceAll("''", "'") ?? bare ?? '');
}

/** The parts that requests pass through. */
export interface GatewayParts {
  readonly config: EmulatorConfig;
  readonly store: Store;
  readonly access: AccessControl;
  readonly licences: Licences;
  readonly faults: Faults;
  readonly now: () => number;
}

/** Handles one call to the REST API, including the faults that are set. */
export class Gateway {
  constructor(private readonly parts: GatewayParts) {}

  /** @returns the status that was sent, or what happened instead of an answer. */
  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    target: Target,
    query: URLSearchParams,
    body: string,
  ): Promise<number | string> {
    const fault = this.parts.faults.for({ method: request.method ?? 'GET', service: target.service, operation: target.operation });
    if (fault?.kind === 'drop-before') return drop(response);
    if (fault?.kind === 'stall') return 'stalled';
    if (fault?.kind === 'down') return send(response, 503, 'Service Unavailable');
    if (fault?.kind === 'status') return send(response, fault.status ?? 500, fault.body ?? new KineticError('internal', hiddenText).body());
    if (fault?.kind === 'delay') await wait(fault.delayMs ?? 0);

    const answer = await this.answer(request, target, query, body, fault);
    if (fault?.kind === 'commit-then-drop-connection') return drop(response);
    if (fault?.kind === 'commit-then-stall') return 'stalled after commit';
    if (fault?.kind === 'commit-then-502') return send(response, 502, 'Bad Gateway');
    if (fault?.kind === 'header-only' && !(answer instanceof KineticError))
      return send(response, 500, new KineticError('internal', hiddenText).body());
    if (answer instanceof KineticError && !acceptsJson(request)) {
      response.writeHead(answer.status, { 'content-type': 'application/xml; charset=utf-8' }).end(errorXml(answer));
      return answer.status;
    }
    return answer instanceof KineticError ? send(response, answer.status, answer.body()) : send(response, answer.status, answer.body);
  }

  private async answer(
    request: IncomingMessage,
    target: Target,
    query: URLSearchParams,
    body: string,
    fault?: FaultAction,
  ): Promise<Answer | KineticError> {
    const { config, access, licences } = this.parts;
    let release: () => void = () => undefined;
    try {
      const user = access.authenticate(request, query);
      if (fault?.kind === 'session-expired') access.endAllSessions();
      const session = access.session(request);
      if (fault?.kind === 'licence') throw licenceError();
      if (fault?.kind === 'refuse') throw new KineticError('business', 'The call was refused by a business rule of this site.');
      const licence = licences.claim(session !== undefined);
      release = licence.release;
      if (licence.delayMs > 0) await wait(licence.delayMs);
      if (target.company !== config.company) throw new KineticError('unknownName', `Company ${target.company} does not exist.`);
      if (target.service.toLowerCase() === sessionService) return this.session(target.operation, user, session);
      return this.run(this.call(request, target, query, body, user, fault), target);
    } catch (error) {
      if (error instanceof KineticError) return error;
      process.stderr.write(
        `${JSON.stringify({ level: 'error', at: `${target.service}/${target.operation}`, error: String((error as Error).stack) })}\n`,
      );
      return new KineticError('internal', hiddenText);
    } finally {
      release();
    }
  }

  private session(operation: string, user: string, session: string | undefined): Answer {
    if (operation === 'Login') return methodAnswer({}, this.parts.access.login(user));
    if (operation !== 'Logout') throw new KineticError('unknownName', `Method ${operation} not found.`);
    if (session) this.parts.access.logout(session);
    return ok({});
  }

  private call(request: IncomingMessage, target: Target, query: URLSearchParams, body: string, user: string, fault?: FaultAction): Call {
    const { config, now } = this.parts;
    return {
      company: config.company,
      user,
      method: request.method ?? 'GET',
      input: request.method === 'GET' || request.method === 'DELETE' ? Object.fromEntries(query) : inputOf(body),
      query,
      ...(target.key ? { key: target.key } : {}),
      ...(fault ? { fault } : {}),
      config,
      nowMs: now(),
      baseUrl: `http://${request.headers.host ?? 'localhost'}/kinetic/api/v2/odata/${target.company}/${target.service}`,
    };
  }

  private run(call: Call, target: Target): Answer {
    return this.parts.store.transaction(operationOf(target, call.method).bind(undefined, call));
  }
}

/** 404 for a wrong name: section 5 [verified]. */
function operationOf(target: Target, method: string): Operation {
  if (target.service === 'BaqSvc') return baqData(target.operation);
  if (target.service.startsWith(functions)) {
    const made = method === 'POST' ? functionOperation(target.service.slice(functions.length), target.operation) : undefined;
    if (!made) throw new KineticError('unknownName', `Function ${target.service}/${target.operation} is not published.`);
    return made;
  }
  const operation = services.get(target.service.toLowerCase())?.operations[target.operation];
  if (!operation) throw new KineticError('unknownName', `Resource ${target.service}/${target.operation} not found.`);
  // Methods that write take POST only (section 4.2: read-only methods accept GET [verified]).
  if (method === 'GET' && /^(Update|RunDirect|Submit|Delete|Group|Unlock|Post|CreateBankTranRecords)/.test(target.operation))
    throw new KineticError('unknownName', `Resource ${target.service}/${target.operation} does not support GET.`);
  return operation;
}

/** Even parameterless calls need `{}`: section 4.2 [verified]. */
function inputOf(body: string): Record<string, unknown> {
  try {
    const input = readJson(body);
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input as Record<string, unknown>;
  } catch {
    // Falls through: the same answer as for a body that is JSON but no object.
  }
  throw new KineticError('odata', 'The request body is not a JSON object.');
}

function acceptsJson(request: IncomingMessage): boolean {
  return /json/i.test(request.headers.accept ?? '');
}

/** Writes a response. @returns its status. */
export function send(response: ServerResponse, status: number, body: unknown): number {
  if (typeof body === 'string') response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(body);
  else if (body === undefined) response.writeHead(status).end();
  else response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
  return status;
}

function drop(response: ServerResponse): string {
  response.destroy();
  return 'dropped';
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
