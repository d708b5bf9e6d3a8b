import { Controller, Get, Ip, Logger, Res } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { Identity } from '@tributary/identity';
import { answerHeaders, CurrentIdentity, RequirePermission } from '@tributary/platform';
import type { ServerResponse } from 'node:http';
import type { FeedSnapshot } from '@tributary/contracts';
import { OverviewRepository, reconciliationCounts } from '../emit/overview.repository.js';
import { PaymentRepository } from '../emit/payment.repository.js';
import { clientOf, mostStreamsPerClient, StreamPlaces } from './stream-places.js';
import { ViewRepository } from '../emit/view.repository.js';

const everyMs = 1_000;
const commentEveryMs = 15_000;
const newest = 50;
/** When somebody who has too many streams open may try again, s. */
const retryAfterS = 30;
/** Largest number of listeners; further ones get 503, so that pages left open in many tabs cannot overload the database. */
const maxListeners = 100;

interface RawReply {
  hijack(): void;
  readonly raw: ServerResponse;
  code(status: number): RawReply;
  header(name: string, value: string): RawReply;
  send(body: object): void;
}

/** GET /feed: server-sent events. One query per second serves all listeners; without listeners there is none. */
@Controller()
@RequirePermission('payments.read')
export class FeedController implements OnApplicationShutdown {
  private readonly logger = new Logger(FeedController.name);
  private readonly listeners = new Set<ServerResponse>();
  private readonly places = new StreamPlaces();
  private timer: NodeJS.Timeout | undefined;
  /** The newest message, sent to a new listener immediately. */
  private last = '';
  private lastContent = '';
  private lastCommentAt = 0;

  constructor(
    private readonly views: ViewRepository,
    private readonly payments: PaymentRepository,
    private readonly figures: OverviewRepository,
  ) {}

  @Get('feed')
  live(@CurrentIdentity() identity: Identity, @Ip() address: string, @Res() reply: RawReply): void {
    if (this.listeners.size >= maxListeners) {
      reply.code(503).send({ error: 'live.full', message: `More than ${maxListeners} pages are listening.` });
      return;
    }
    const leave = this.places.take(clientOf(identity, address));
    if (!leave) {
      const message = `You have ${mostStreamsPerClient} live pages open, and more are not served.`;
      reply.code(429).header('retry-after', String(retryAfterS)).send({ error: 'live.too-many', message });
      return;
    }
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { ...answerHeaders, 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
    raw.write(this.last || ': waiting for the first figures\n\n');
    this.listeners.add(raw);
    raw.on('close', () => {
      this.listeners.delete(raw);
      leave();
    });
    this.timer ??= setInterval(() => void this.tick(), everyMs);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
    for (const listener of this.listeners) listener.end();
  }

  private async tick(): Promise<void> {
    if (this.listeners.size === 0) {
      clearInterval(this.timer);
      this.timer = undefined;
      return;
    }
    try {
      const [counts, stages, page, overview] = await Promise.all([
        this.views.counts(),
        this.views.stages(),
        this.payments.payments({ limit: newest }),
        this.figures.overview(),
      ]);
      this.send({ counts, stages, reconciliation: reconciliationCounts(overview), payments: page.payments, overview });
    } catch (error) {
      this.logger.warn(`reading the figures for the console: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private send(snapshot: FeedSnapshot): void {
    // A changed time alone is not sent.
    const content = JSON.stringify({ ...snapshot, stages: { ...snapshot.stages, asOf: '' }, overview: { ...snapshot.overview, asOf: '' } });
    const now = Date.now();
    if (content !== this.lastContent) {
      this.lastContent = content;
      this.last = `event: snapshot\ndata: ${JSON.stringify(snapshot)}\n\n`;
      this.write(this.last);
    } else if (now - this.lastCommentAt > commentEveryMs) {
      this.lastCommentAt = now;
      this.write(': still here\n\n');
    }
  }

  private write(text: string): void {
    for (const listener of this.listeners) {
      // A browser that does not read its stream is disconnected; it reconnects when it is active again.
      if (listener.writableLength > 4 * 1024 * 1024) listener.destroy();
      else listener.write(text);
    }
  }
}
