import { Controller, Get, Ip, Logger, Res } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { answerHeaders, CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import type { ServerResponse } from 'node:http';
import type { FeedSnapshot } from '@tributary/contracts';
import { OverviewRepository, reconciliationCounts } from '../emit/overview.repository.js';
import { PaymentRepository } from '../emit/payment.repository.js';
import { clientOf, mostStreamsPerClient, StreamPlaces } from './stream-places.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
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

/** Listeners who see the same targets, and what they were sent. */
interface Audience {
  readonly visible: VisibleTargets;
  readonly listeners: Set<ServerResponse>;
  /** The newest message, sent to a new listener immediately. */
  last: string;
  lastContent: string;
  lastCommentAt: number;
}

/** GET /feed: server-sent events. One reading per second serves all who see the same targets; without listeners there is none. */
@Controller()
@RequirePermission('payments.read')
export class FeedController implements OnApplicationShutdown {
  private readonly logger = new Logger(FeedController.name);
  private readonly audiences = new Map<string, Audience>();
  private readonly places = new StreamPlaces();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly views: ViewRepository,
    private readonly payments: PaymentRepository,
    private readonly figures: OverviewRepository,
  ) {}

  @Get('feed')
  @Documented({
    does: 'The live figures: server-sent events with the name snapshot.',
    answers: 'FeedSnapshot',
    isStream: true,
    refuses: { 429: ['live.too-many'], 503: ['live.full'] },
  })
  live(@CurrentIdentity() identity: Identity, @Ip() address: string, @Res() reply: RawReply): void {
    if (this.listenerCount() >= maxListeners) {
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
    const audience = this.audienceOf(targetsFor(identity, 'payments.read'));
    raw.write(audience.last || ': waiting for the first figures\n\n');
    audience.listeners.add(raw);
    raw.on('close', () => {
      audience.listeners.delete(raw);
      leave();
    });
    this.timer ??= setInterval(() => void this.tick(), everyMs);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
    for (const { listeners } of this.audiences.values()) for (const listener of listeners) listener.end();
  }

  private listenerCount(): number {
    return [...this.audiences.values()].reduce((sum, { listeners }) => sum + listeners.size, 0);
  }

  private audienceOf(visible: VisibleTargets): Audience {
    const name = visible === '*' ? visible : JSON.stringify(visible.toSorted());
    const audience = this.audiences.get(name) ?? { visible, listeners: new Set(), last: '', lastContent: '', lastCommentAt: 0 };
    this.audiences.set(name, audience);
    return audience;
  }

  private async tick(): Promise<void> {
    for (const [name, { listeners }] of this.audiences) if (listeners.size === 0) this.audiences.delete(name);
    if (this.audiences.size === 0) {
      clearInterval(this.timer);
      this.timer = undefined;
      return;
    }
    await Promise.all([...this.audiences.values()].map((audience) => this.read(audience)));
  }

  private async read(audience: Audience): Promise<void> {
    const { visible } = audience;
    try {
      const [counts, stages, page, overview] = await Promise.all([
        this.views.counts(visible),
        this.views.stages(visible),
        this.payments.payments({ limit: newest }, visible),
        this.figures.overview(visible),
      ]);
      this.send(audience, { counts, stages, reconciliation: reconciliationCounts(overview), payments: page.payments, overview });
    } catch (error) {
      this.logger.warn(`reading the figures for the console: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private send(audience: Audience, snapshot: FeedSnapshot): void {
    // A changed time alone is not sent.
    const content = JSON.stringify({ ...snapshot, stages: { ...snapshot.stages, asOf: '' }, overview: { ...snapshot.overview, asOf: '' } });
    const now = Date.now();
    if (content !== audience.lastContent) {
      audience.lastContent = content;
      audience.last = `event: snapshot\ndata: ${JSON.stringify(snapshot)}\n\n`;
      this.write(audience, audience.last);
    } else if (now - audience.lastCommentAt > commentEveryMs) {
      audience.lastCommentAt = now;
      this.write(audience, ': still here\n\n');
    }
  }

  private write({ listeners }: Audience, text: string): void {
    for (const listener of listeners) {
      // A browser that does not read its stream is disconnected; it reconnects when it is active again.
      if (listener.writableLength > 4 * 1024 * 1024) listener.destroy();
      else listener.write(text);
    }
  }
}
