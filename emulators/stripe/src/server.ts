import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { answer } from './api.js';
import type { ApiRequest } from './api.js';
import { control } from './control.js';
import { Deliveries } from './deliveries.js';
import type { Endpoint } from './send-delivery.js';
import { Faults, refusalOf, unknownError } from './faults.js';
import { decodeForm } from './form.js';
import { bodyOf, cut, send } from './http.js';
import { Merchant } from './merchant.js';
import { Player } from './player.js';
import { ApiProblem } from './problem.js';
import { seeded } from './random.js';
import { Store } from './store.js';
import type { StoredAnswer, StripeObject } from './store.js';

/** How the emulator is started. Without `stateDir` the state is in memory. */
export interface EmulatorOptions {
  readonly host: string;
  readonly port: number;
  readonly stateDir?: string;
  readonly endpoints: readonly Endpoint[];
}

const maxKeyLength = 255;
const slowMs = 1_000;

/** Stripe over HTTP: the API under /v1, its control surface under /_control. */
export class StripeEmulator {
  readonly store: Store;
  readonly deliveries: Deliveries;
  readonly player: Player;
  readonly merchant: Merchant;
  private readonly random = seeded(1);
  readonly faults = new Faults(this.random);
  private readonly running = new Set<string>();
  private readonly server: Server;

  constructor(private readonly options: EmulatorOptions) {
    this.store = new Store(options.stateDir);
    this.deliveries = new Deliveries(this.store, options.endpoints, this.random);
    this.merchant = new Merchant(this.store, (event) => this.deliveries.deliver(event));
    this.player = new Player(this.store, this.merchant, this.deliveries);
    this.server = createServer((request, response) => void this.handle(request, response));
  }

  /** Listens, and continues what a restart interrupted. @returns the port. */
  async start(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(this.options.port, this.options.host, resolve));
    this.merchant.resume();
    this.deliveries.resume();
    this.player.resume();
    return (this.server.address() as AddressInfo).port;
  }

  /** Stops without waiting for open requests. */
  async close(): Promise<void> {
    this.player.stop();
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
        const result = await control(this, request.method ?? 'GET', url.pathname.slice('/_control'.length), body);
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
    // Live keys are refused, so that no live key is sent here by mistake (assumed wording).
    if (!/^(sk|rk)_test_/.test(key))
      throw new ApiProblem(401, {
        type: 'invalid_request_error',
        message: 'Invalid API Key provided. This emulator takes test keys (sk_test_..., rk_test_...).',
      });
  }

  /** Idempotency (section 6): the first executed answer is stored, 500s included; the same key with other parameters is refused; a key in progress conflicts. */
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
    if (refusal) throw refusal; // not executed, so not stored
    if (key !== null) this.running.add(key);
    try {
      if (fault?.action === 'slow') await setTimeout(fault.delayMs ?? slowMs);
      const call = { method, path, query: url.searchParams, parameters: decodeForm(body), cause: { requestId, idempotencyKey: key } };
      // The effect and the answer of its key are stored together.
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
    if (key.length > maxKeyLength)
      throw new ApiProblem(400, { type: 'invalid_request_error', message: `Idempotency keys have at most ${maxKeyLength} characters.` });
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

  /** Executes a call. A declined card counts as executed, so its answer is stored; other refusals are not. */
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
}
