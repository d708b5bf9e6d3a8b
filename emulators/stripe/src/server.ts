import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { answer } from './api.js';
import type { ApiRequest } from './api.js';
import { Day, defaultDay } from './day.js';
import type { DayOptions } from './day.js';
import { Deliveries } from './deliveries.js';
import type { DeliveryPlan, Endpoint } from './deliveries.js';
import { Faults, refusalOf, unknownError } from './faults.js';
import type { FaultRule } from './faults.js';
import { decodeForm } from './form.js';
import { Merchant } from './merchant.js';
import { apiVersion } from './objects.js';
import { ApiProblem } from './problem.js';
import { seeded } from './random.js';
import { Store } from './store.js';
import type { Collection, StoredAnswer, StripeObject } from './store.js';

export interface EmulatorOptions {
  readonly host: string;
  readonly port: number;
  readonly stateDir?: string;
  readonly endpoints: readonly Endpoint[];
}

const largestBody = 1_048_576;
const longestKey = 255;
const slowMs = 1_000;

/** Stripe over HTTP: the API under /v1, its control surface under /_control. */
export class StripeEmulator {
  private readonly store: Store;
  private readonly deliveries: Deliveries;
  private readonly merchant: Merchant;
  private readonly day: Day;
  private readonly random = seeded(1);
  private readonly faults = new Faults(this.random);
  private readonly running = new Set<string>();
  private readonly server: Server;

  constructor(private readonly options: EmulatorOptions) {
    this.store = new Store(options.stateDir);
    this.deliveries = new Deliveries(this.store, options.endpoints, this.random);
    this.merchant = new Merchant(this.store, (event) => this.deliveries.deliver(event));
    this.day = new Day(this.store, this.merchant, this.deliveries);
    this.server = createServer((request, response) => void this.handle(request, response));
  }

  async start(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(this.options.port, this.options.host, resolve));
    this.merchant.resume();
    this.deliveries.resume();
    this.day.resume();
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.day.stop();
    this.merchant.close();
    this.deliveries.close();
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://stripe.invalid');
    const requestId = `req_${randomBytes(7).toString('hex')}`;
    try {
      const body = await bodyOf(request);
      if (url.pathname.startsWith('/_control/')) {
        const result = await this.control(request.method ?? 'GET', url.pathname.slice('/_control'.length), body);
        return send(response, 200, result, requestId);
      }
      if (!url.pathname.startsWith('/v1/'))
        throw new ApiProblem(404, {
          type: 'invalid_request_error',
          message: `Unrecognized request URL (${request.method}: ${url.pathname}).`,
        });
      this.authorise(request);
      await this.api(request, url, body, requestId, response);
    } catch (error) {
      const problem =
        error instanceof ApiProblem
          ? error
          : new ApiProblem(500, { type: 'api_error', message: error instanceof Error ? error.message : String(error) });
      if (!response.headersSent) send(response, problem.status, problem.body, requestId, problem.headers);
    }
  }

  private authorise(request: IncomingMessage): void {
    const key = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    // Live keys are refused: nothing here is Stripe (assumed wording).
    if (!/^(sk|rk)_test_/.test(key))
      throw new ApiProblem(401, {
        type: 'invalid_request_error',
        message: 'Invalid API Key provided. This emulator takes test keys (sk_test_..., rk_test_...).',
      });
  }

  /** Idempotency (section 6): the first executed answer is kept, 500s included; other parameters are refused; a running key conflicts. */
  private async api(request: IncomingMessage, url: URL, body: string, requestId: string, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET';
    const path = url.pathname.slice('/v1'.length);
    const key = method === 'POST' ? ((request.headers['idempotency-key'] as string | undefined) ?? null) : null;
    const echoed: Record<string, string> = key === null ? {} : { 'idempotency-key': key };
    const fingerprint = createHash('sha256').update(`${method} ${path} ${body}`).digest('hex');
    const kept = key === null ? undefined : this.keptAnswer(key, fingerprint);
    if (kept) {
      const replayed = { ...echoed, 'idempotent-replayed': 'true', 'original-request': kept.requestId };
      return send(response, kept.status, kept.body, requestId, replayed);
    }
    const fault = this.faults.meet(method, path);
    const refusal = fault && refusalOf(fault.action);
    if (refusal) throw refusal; // not executed, so not kept
    if (key !== null) this.running.add(key);
    try {
      if (fault?.action === 'slow') await setTimeout(fault.delayMs ?? slowMs);
      const call = { method, path, query: url.searchParams, parameters: decodeForm(body), cause: { requestId, idempotencyKey: key } };
      // The effect and the answer of its key are kept as one.
      const outcome = this.store.together(() => {
        const executed = this.executed(call, fault?.action === 'server-error-after');
        if (key !== null) this.store.keepAnswer(key, { fingerprint, requestId, ...executed });
        return executed;
      });
      if (fault?.action === 'cut-after') return cut(response, outcome.body);
      send(response, outcome.status, outcome.body, requestId, {
        ...echoed,
        ...(outcome.status === 500 ? { 'stripe-should-retry': 'false' } : {}),
      });
    } finally {
      if (key !== null) this.running.delete(key);
    }
  }

  private keptAnswer(key: string, fingerprint: string): StoredAnswer | undefined {
    if (key.length > longestKey)
      throw new ApiProblem(400, { type: 'invalid_request_error', message: `Idempotency keys have at most ${longestKey} characters.` });
    if (this.running.has(key))
      throw new ApiProblem(409, {
        type: 'invalid_request_error',
        code: 'idempotency_key_in_use',
        message: `There is currently another in-progress request using this Idempotent Key: ${key}.`,
      });
    const kept = this.store.answerTo(key);
    if (kept && kept.fingerprint !== fingerprint)
      throw new ApiProblem(
        400,
        {
          type: 'idempotency_error',
          message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
        },
        { 'stripe-should-retry': 'false' },
      );
    return kept;
  }

  /** A declined card was executed, so its answer is kept; every other refusal was not. */
  private executed(call: ApiRequest, fails: boolean): { readonly status: number; readonly body: unknown } {
    try {
      const account = {
        store: this.store,
        merchant: this.merchant,
        pendingWebhooks: (event: StripeObject) => this.deliveries.pendingWebhooks(event),
      };
      const body = answer(call, account);
      return fails ? { status: 500, body: unknownError } : { status: 200, body };
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 402) return { status: 402, body: error.body };
      throw error;
    }
  }

  /** Objects as they are, of the kinds that the API lists: for tests whose events were recorded elsewhere. No event tells of them. */
  private putObjects(lists: Readonly<Record<string, unknown>>): number {
    const found = Object.entries(lists).map(([collection, objects]) => {
      if (!puttable.includes(collection) || !Array.isArray(objects) || objects.some((object) => !hasId(object)))
        throw new ApiProblem(400, {
          type: 'invalid_request_error',
          message: `PUT /objects takes lists of objects with ids under ${puttable.join(', ')}; "${collection}" is none.`,
        });
      return [collection as Collection, objects as StripeObject[]] as const;
    });
    this.store.together(() => {
      for (const [collection, objects] of found) for (const object of objects) this.store.put(collection, object);
    });
    return found.reduce((sum, [, objects]) => sum + objects.length, 0);
  }

  private async control(method: string, path: string, body: string): Promise<unknown> {
    const json = (): Record<string, unknown> => (body === '' ? {} : (JSON.parse(body) as Record<string, unknown>));
    switch (`${method} ${path}`) {
      case 'GET /state':
        return this.store.dump();
      case 'POST /reset':
        this.day.reset();
        this.deliveries.reset();
        this.store.reset();
        this.faults.set([]);
        return { reset: true };
      case 'PUT /faults':
        this.faults.set((json().rules ?? []) as FaultRule[]);
        return { rules: json().rules ?? [] };
      case 'PUT /delivery':
        return this.deliveries.setPlan(json() as Partial<DeliveryPlan>);
      case 'GET /deliveries':
        return { pending: this.deliveries.pending, acknowledged: this.deliveries.acknowledged, deliveries: this.deliveries.list() };
      case 'PUT /objects':
        return { put: this.putObjects(json()) };
      case 'POST /day':
        return { started: this.day.start(dayOptions(json())), ...this.day.report() };
      case 'POST /deliver':
        return { status: await this.deliveries.sendRaw(String(json().body ?? ''), json().url as string | undefined) };
      case 'GET /day':
        return this.day.report();
      case 'GET /day/expected':
        return { payments: this.day.expected() };
      default:
        throw new ApiProblem(404, { type: 'invalid_request_error', message: `The control surface has no ${method} ${path}.` });
    }
  }
}

const puttable: readonly string[] = ['customers', 'payment_intents', 'charges', 'refunds', 'balance_transactions'];

function hasId(object: unknown): boolean {
  return typeof object === 'object' && object !== null && typeof (object as { id?: unknown }).id === 'string';
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > largestBody) throw new ApiProblem(413, { type: 'invalid_request_error', message: 'The request is too large.' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** `speed` 2 is twice as fast. */
function dayOptions({ speed, ...options }: Readonly<Record<string, unknown>>): DayOptions {
  const asked = { ...defaultDay, ...(options as Partial<DayOptions>) };
  return typeof speed === 'number' && speed > 0 ? { ...asked, pauseMs: Math.round(asked.pauseMs / speed) } : asked;
}

function cut(response: ServerResponse, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) });
  response.write(text.slice(0, Math.floor(text.length / 2)), () => response.destroy());
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  requestId: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'request-id': requestId,
    'stripe-version': apiVersion,
    ...headers,
  });
  response.end(JSON.stringify(body));
}
