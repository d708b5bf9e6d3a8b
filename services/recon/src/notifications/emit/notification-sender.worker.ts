import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { NotificationMessage } from '@tributary/contracts';
import { withDatabase } from '@tributary/persistence';
import { BackgroundLoop, counter } from '@tributary/platform';
import { DataSource } from 'typeorm';
import type { Sent } from './notification-route.js';
import { NOTIFICATION_SETTINGS } from './notification-settings.js';
import type { NotificationSettings } from './notification-settings.js';
import { messageFailed, messageSent, takeMessage } from './outbox.js';
import type { TakenMessage } from './outbox.js';

const pollMs = 1_000;
const troubleMs = 10_000;
const sending = 'sending notifications';

const attempts = counter('recon_notifications_total', 'Attempts to send a notification: sent, failed, or given up.', ['route', 'result']);

/** Sends what is in the outbox. Several processes may do so at once: each takes other messages. */
@Injectable()
export class NotificationSenderWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(NotificationSenderWorker.name);
  private readonly loop = new BackgroundLoop({
    doing: sending,
    round: async () => ((await this.round()) ? 0 : pollMs),
    troubleMs,
    warn: (text) => this.logger.warn(text),
  });

  constructor(
    private readonly dataSource: DataSource,
    @Inject(NOTIFICATION_SETTINGS) private readonly settings: NotificationSettings | undefined,
  ) {}

  onApplicationBootstrap(): void {
    // The series of a route is there from the start, so that its first failure is an increase.
    for (const { name } of this.settings?.routes ?? [])
      for (const result of ['sent', 'failed', 'given-up']) attempts.inc({ route: name, result }, 0);
    if (this.settings) this.loop.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  /** Makes one attempt, which ends also while the service is stopped, with the message that is due longest. @returns whether one was due. */
  async round(): Promise<boolean> {
    const taken = await withDatabase(sending, () => takeMessage(this.dataSource));
    if (!taken) return false;
    const route = this.settings?.routes.find(({ name }) => name === taken.route);
    if (!route) {
      await this.failed(taken, 'the route is not configured any more', undefined);
      return true;
    }
    const sent = await route.send(JSON.parse(taken.body) as NotificationMessage, taken.body);
    if (sent.ok) {
      await withDatabase(sending, () => messageSent(this.dataSource, taken));
      attempts.inc({ route: taken.route, result: 'sent' });
    } else await this.failed(taken, sent.problem, this.afterMs(taken, sent));
    return true;
  }

  private afterMs({ attempts: made }: TakenMessage, { retryAfterMs }: Extract<Sent, { ok: false }>): number | undefined {
    const own = this.settings?.attemptsAfterMs[made - 1];
    return own === undefined ? undefined : Math.max(own, retryAfterMs ?? 0);
  }

  private async failed(taken: TakenMessage, problem: string, afterMs: number | undefined): Promise<void> {
    await withDatabase(sending, () => messageFailed(this.dataSource, taken, problem, afterMs));
    attempts.inc({ route: taken.route, result: 'failed' });
    if (afterMs !== undefined) return;
    attempts.inc({ route: taken.route, result: 'given-up' });
    this.logger.error(`notification ${taken.id} to route ${taken.route}: given up after ${taken.attempts} attempts: ${problem}`);
  }
}
