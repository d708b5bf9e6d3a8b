import { randomUUID } from 'node:crypto';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { BackgroundLoop, metricsRegistry } from '@tributary/platform';
import type { ConditionCode } from '../decide/conditions.js';
import { NotificationReadings, readingOf } from './notification-readings.js';
import { NOTIFICATION_SETTINGS } from './notification-settings.js';
import type { NotificationSettings } from './notification-settings.js';
import { NotificationStore } from './notification.store.js';

/** Rounds that the process which watches may miss before another one takes over. */
const missedRounds = 3;

/** Looks at every condition now and then. Of several processes one watches: figures of two, read at different times, would come and go. */
@Injectable()
export class NotificationWatchWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(NotificationWatchWorker.name);
  private readonly process = randomUUID();
  private readonly loop: BackgroundLoop;

  constructor(
    private readonly readings: NotificationReadings,
    private readonly store: NotificationStore,
    @Inject(NOTIFICATION_SETTINGS) private readonly settings: NotificationSettings | undefined,
  ) {
    const everyMs = settings?.watchEveryMs ?? 0;
    this.loop = new BackgroundLoop({
      doing: 'looking at conditions that are told of',
      round: () => this.round(),
      troubleMs: everyMs,
      warn: (text) => this.logger.warn(text),
    });
  }

  onApplicationBootstrap(): void {
    if (this.settings) this.loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loop.stop();
    if (!this.settings) return;
    await this.store.leaveWatch(this.process).catch((error: unknown) => this.logger.warn(String(error)));
  }

  /** Looks at every condition once, in the process that watches. @returns milliseconds until the next time. */
  async round(): Promise<number> {
    if (!this.settings) return 0;
    const { conditions, watchEveryMs } = this.settings;
    if (!(await this.store.takesWatch(this.process, await furthestBehind(), missedRounds * watchEveryMs))) return watchEveryMs;
    const all = await this.readings.all();
    const read = conditions.map((condition) => [condition, readingOf(all[condition.code as ConditionCode], condition.threshold)] as const);
    await this.store.apply(this.process, new Map(read));
    return watchEveryMs;
  }
}

/** Messages that the partition which is furthest behind has to be read of, as the metric of this process has it. */
async function furthestBehind(): Promise<number> {
  const lag = await metricsRegistry.getSingleMetric('tributary_consumer_lag')?.get();
  return (lag?.values ?? []).reduce((most, { value }) => Math.max(most, value), 0);
}
