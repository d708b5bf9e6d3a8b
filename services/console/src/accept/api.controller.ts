import type { IncomingMessage } from 'node:http';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable, Transform } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { ReadableStream } from 'node:stream/web';
import type { BatchesView, OfAllSinks } from '@tributary/contracts';
import type { Identity } from '@tributary/identity';
import { certificateProblem, CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import { pathOfApi } from '../decide/api-paths.js';
import { groupCsv } from '../decide/group-csv.js';
import { FeedChecks } from '../decide/feed-checks.js';
import { pageHeaders } from '../decide/page-headers.js';
import { readable } from '../decide/routes.js';
import { sinkReadAt } from '../decide/sink-reads.js';
import { SinkLists } from './sink-lists.js';
import { CALLER, RECON } from './upstream.js';
import type { Caller, Recon } from './upstream.js';

const reconAnswersWithinMs = 10_000;
const groupFile = '/batches.csv';
const groupList = { path: '/batches', rows: 'batches', newestBy: 'openedAt' } as const;
/** Groups that are asked for at once, and most of a file. */
const groupsAtOnce = 1_000;
const mostGroups = 100_000;
/** How often it is asked whether whoever reads a live stream may go on, ms. */
export const streamCheckedEveryMs = 5_000;

/** GET /api/*: forwards requests to recon and the erp-sinks, so that the browser uses one origin and these need no public address. */
@Controller('api')
@RequirePermission('payments.read')
export class ApiController {
  constructor(
    @Inject(RECON) private readonly recon: Recon,
    @Inject(CALLER) private readonly caller: Caller,
    @Inject(SinkLists) private readonly sinks: SinkLists,
  ) {}

  @Get('*')
  @Documented({
    does: 'What recon, or the erp-sinks together, answer to GET at this path.',
    answers: 'passed-on',
    refuses: { 404: ['api.unknown', 'target.unknown'], 502: ['recon.silent'] },
  })
  async pass(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @CurrentIdentity() identity: Identity): Promise<void> {
    const [given = '', query] = request.url.slice('/api'.length).split('?', 2);
    if (given === groupFile) return this.passGroups(request, reply, query ?? '', identity);
    const ofSinks = sinkReadAt(given);
    if (ofSinks) {
      const { status, body } = await this.sinks.read(ofSinks, query ?? '', identity, request.raw);
      await reply
        .code(status)
        .headers({ ...pageHeaders, 'cache-control': 'no-store' })
        .send(body);
      return;
    }
    await this.passRecon(request, reply, given, query);
  }

  /** Groups that are not released, of all sinks, as a file. */
  private async passGroups(request: FastifyRequest, reply: FastifyReply, query: string, identity: Identity): Promise<void> {
    const target = new URLSearchParams(query).get('target');
    const asked = new URLSearchParams({ unreleased: 'true', limit: String(groupsAtOnce), ...(target === null ? {} : { target }) });
    const headers = { ...pageHeaders, 'cache-control': 'no-store' };
    const groups: unknown[] = [];
    const silent = new Map<string, OfAllSinks['silent'][number]>();
    for (;;) {
      const { status, body } = await this.sinks.read(groupList, asked.toString(), identity, request.raw);
      if (status !== 200) return void (await reply.code(status).headers(headers).send(body));
      const part = body as Partial<BatchesView & OfAllSinks>;
      groups.push(...(part.batches ?? []));
      for (const one of part.silent ?? []) silent.set(one.targets.join(), one);
      if (!part.next || groups.length >= mostGroups) break;
      asked.set('after', part.next);
    }
    await reply
      .headers({ ...headers, 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="groups.csv"' })
      .send(groupCsv(groups, { silent: [...silent.values()] }, mostGroups));
  }

  private async passRecon(request: FastifyRequest, reply: FastifyReply, given: string, query: string | undefined): Promise<void> {
    const path = pathOfApi(readable, given);
    if (path === undefined) {
      await reply
        .code(404)
        .headers(pageHeaders)
        .send({ error: 'api.unknown', message: `There is nothing at ${given.slice(0, 100)}.` });
      return;
    }
    const gone = new AbortController();
    request.raw.on('close', () => gone.abort());
    reply.raw.on('close', () => gone.abort());
    const live = path === '/feed';
    const patience = setTimeout(() => gone.abort(), reconAnswersWithinMs);
    try {
      const response = await this.recon.fetch(`${this.recon.url}${path}${query ? `?${query}` : ''}`, {
        signal: gone.signal,
        headers: { accept: request.headers.accept ?? '*/*', ...(await this.caller.headersFor(request.raw)) },
      });
      clearTimeout(patience); // this timeout covers only the headers: a live stream has no end
      const headers = {
        ...pageHeaders,
        'content-type': response.headers.get('content-type') ?? 'application/json',
        'cache-control': 'no-store',
      };
      if (path.endsWith('.csv') && response.body) {
        await sendFile(reply, response, headers);
        return;
      }
      if (!live || !response.body) {
        await reply
          .code(response.status)
          .headers(headers)
          .send(Buffer.from(await response.arrayBuffer()));
        return;
      }
      reply.hijack();
      reply.raw.writeHead(response.status, headers);
      const stream = Readable.fromWeb(response.body as ReadableStream);
      stream.on('error', () => reply.raw.end()); // the connection to recon broke: the browser reconnects
      stream.pipe(withChecks()).pipe(reply.raw);
      this.endWithRights(request.raw, gone);
    } catch (error) {
      clearTimeout(patience);
      if (reply.sent || reply.raw.destroyed) return;
      await reply
        .code(502)
        .headers(pageHeaders)
        .send({
          error: 'recon.silent',
          message: silence(certificateProblem(error)),
        });
    }
  }

  /** Ends a stream when whoever reads it may read no more: signed out, locked out, without the role, or after too long a time. */
  private endWithRights(request: IncomingMessage, gone: AbortController): void {
    const timer = setInterval(() => {
      this.caller.mayGoOn(request).then(
        (may) => may || gone.abort(),
        () => gone.abort(), // who may read cannot be told now: the browser asks again
      );
    }, streamCheckedEveryMs);
    gone.signal.addEventListener('abort', () => clearInterval(timer));
  }
}

/** A file goes on as it comes, as long as it likes: it is never in memory as a whole. */
async function sendFile(reply: FastifyReply, response: Response, headers: Readonly<Record<string, string>>): Promise<void> {
  const disposition = response.headers.get('content-disposition');
  await reply
    .code(response.status)
    .headers({ ...headers, ...(disposition === null ? {} : { 'content-disposition': disposition }) })
    .send(Readable.fromWeb(response.body as ReadableStream));
}

/** What a reader is told: a certificate is wrong, or it may not be running. */
function silence(problem: string | undefined): string {
  return problem === undefined ? 'recon does not answer. Is it running? npm run status' : `recon does not answer: ${problem}.`;
}

/** Adds a `checked` event after each keep-alive comment of recon. */
function withChecks(): Transform {
  const checks = new FeedChecks();
  const decoder = new StringDecoder('utf8');
  return new Transform({
    transform: (piece: Buffer, _encoding, done) => done(null, checks.passOn(decoder.write(piece), new Date().toISOString())),
  });
}
