import { Body, Controller, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Documented, RequirePermission } from '@tributary/platform';
import { orderAt, targetOfOrder } from '../decide/api-orders.js';
import { pageHeaders } from '../decide/page-headers.js';
import { unknownTarget } from './sink-lists.js';
import { SINKS, Sinks, SinkSilentError } from './sinks.js';
import type { SinkAnswer } from './sinks.js';
import { CALLER, RECON } from './upstream.js';
import type { Caller, Recon } from './upstream.js';

/** A dry run asks a ledger, which may be slow, and so does the check of a target; ms. */
const answersWithinMs = 25_000;

/**
 * POST /api/*: forwards the orders of `apiOrders` to recon, or to the erp-sink that serves the target, with a token of whoever is signed in.
 * That service decides whether they may, for each target. A session needs its CSRF token, like everything but reading (docs/adr/0047).
 */
@Controller('api')
@RequirePermission('letters.read')
export class ApiOrderController {
  constructor(
    @Inject(RECON) private readonly recon: Recon,
    @Inject(CALLER) private readonly caller: Caller,
    @Inject(SINKS) private readonly sinks: Sinks,
  ) {}

  @Post('*')
  @Documented({
    does: 'Gives an order to recon, or to the erp-sink that serves the target.',
    answers: 'passed-on',
    noCommand: 'commands ask the services themselves; each order has its own in their documents',
    refuses: { 400: ['target.missing'], 404: ['api.unknown', 'target.unknown'], 502: ['recon.silent', 'target.sink-silent'] },
  })
  async pass(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Body() body: unknown): Promise<void> {
    const [given = '', query = ''] = request.url.slice('/api'.length).split('?', 2);
    const found = orderAt(given);
    if (!found) return refuse(reply, 404, 'api.unknown', `Nothing is ordered at ${given.slice(0, 100)}.`);
    const init: RequestInit = {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(await this.caller.headersFor(request.raw)) },
      body: JSON.stringify(body ?? {}),
    };
    if (found.order.service === 'recon') return this.forward(reply, 'recon', () => this.askRecon(found.path, init));
    const target = targetOfOrder(found.order, found.path, new URLSearchParams(query));
    const sink = this.sinks.of(target);
    if (!sink) {
      if (target === undefined) return refuse(reply, 400, 'target.missing', 'Several sinks are served: say which target, with ?target=.');
      const { status, body: unknown } = unknownTarget(target);
      return void (await reply.code(status).headers(pageHeaders).send(unknown));
    }
    const narrowed = target === undefined ? '' : `?target=${encodeURIComponent(target)}`;
    return this.forward(reply, 'erp-sink', () => sink.ask(`${found.path}${narrowed}`, init, answersWithinMs));
  }

  private async askRecon(path: string, init: RequestInit): Promise<SinkAnswer> {
    const response = await this.recon.fetch(`${this.recon.url}${path}`, { ...init, signal: AbortSignal.timeout(answersWithinMs) });
    const contentType = response.headers.get('content-type') ?? 'application/json';
    return { status: response.status, contentType, body: Buffer.from(await response.arrayBuffer()) };
  }

  /** Passes the answer on; without one nobody knows whether the order was taken. */
  private async forward(reply: FastifyReply, service: 'recon' | 'erp-sink', ask: () => Promise<SinkAnswer>): Promise<void> {
    try {
      const { status, contentType, body } = await ask();
      await reply
        .code(status)
        .headers({ ...pageHeaders, 'content-type': contentType, 'cache-control': 'no-store' })
        .send(body);
    } catch (error) {
      if (reply.sent || reply.raw.destroyed) return;
      const who = error instanceof SinkSilentError ? `The sink of ${error.targets.join(', ')}` : service;
      return refuse(
        reply,
        502,
        service === 'recon' ? 'recon.silent' : 'target.sink-silent',
        `${who} did not answer: whether it has the order is not known. Look at the orders before you give it again.`,
      );
    }
  }
}

async function refuse(reply: FastifyReply, status: number, error: string, message: string): Promise<void> {
  await reply.code(status).headers(pageHeaders).send({ error, message });
}
