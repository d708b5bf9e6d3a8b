import { Body, Controller, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequirePermission } from '@tributary/platform';
import { apiOrders } from '../decide/api-orders.js';
import { pathOfApi } from '../decide/api-paths.js';
import { pageHeaders } from '../decide/page-headers.js';
import { CALLER, RECON } from './api.controller.js';
import type { Caller, Recon } from './api.controller.js';

/** A dry run asks a ledger, which may be slow; ms. */
const reconAnswersWithinMs = 25_000;
const patterns = apiOrders.map(({ path }) => path);

/**
 * POST /api/*: forwards the orders of {@link apiOrders} to recon, with a token of whoever is signed in. recon decides whether they may, for
 * each target. A session needs its CSRF token, like everything but reading (docs/adr/0047).
 */
@Controller('api')
@RequirePermission('letters.read')
export class ApiOrderController {
  constructor(
    @Inject(RECON) private readonly recon: Recon,
    @Inject(CALLER) private readonly caller: Caller,
  ) {}

  @Post('*')
  async pass(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Body() body: unknown): Promise<void> {
    const [given = ''] = request.url.slice('/api'.length).split('?', 1);
    const path = pathOfApi(patterns, given);
    if (path === undefined) {
      await reply
        .code(404)
        .headers(pageHeaders)
        .send({ error: 'api.unknown', message: `Nothing is ordered at ${given.slice(0, 100)}.` });
      return;
    }
    try {
      const response = await this.recon.fetch(`${this.recon.url}${path}`, {
        method: 'POST',
        signal: AbortSignal.timeout(reconAnswersWithinMs),
        headers: { 'content-type': 'application/json', ...(await this.caller.headersFor(request.raw)) },
        body: JSON.stringify(body ?? {}),
      });
      const contentType = response.headers.get('content-type') ?? 'application/json';
      await reply
        .code(response.status)
        .headers({ ...pageHeaders, 'content-type': contentType, 'cache-control': 'no-store' })
        .send(Buffer.from(await response.arrayBuffer()));
    } catch {
      if (reply.sent || reply.raw.destroyed) return;
      await reply.code(502).headers(pageHeaders).send({
        error: 'recon.silent',
        message: 'recon did not answer: whether it has the order is not known. Look at the orders before you give it again.',
      });
    }
  }
}
