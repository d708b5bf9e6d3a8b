import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Injectable, Logger } from '@nestjs/common';
import { BackgroundLoop } from '@tributary/platform';
import { PayloadRetention } from '../../desk/emit/payload-retention.js';
import { Erasures } from './erasures.js';
import { TextRetention } from './text-retention.js';

const hourMs = 3_600_000;
const minuteMs = 60_000;

/**
 * Deletes old message bytes and overwrites old texts of the views, at the start and then every hour, and erases every minute what came back of
 * erased customers. Several instances may do so at once: each locks the rows that it takes.
 */
@Injectable()
export class RetentionWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(RetentionWorker.name);
  private readonly loops = [
    this.every(hourMs, 'deleting old message bytes', (signal) => this.payloads.purge(signal)),
    this.every(hourMs, 'overwriting old texts in the views', (signal) => this.texts.purge(signal)),
    this.every(minuteMs, 'erasing again what came back', (signal) => this.erasures.again(signal)),
  ];

  constructor(
    private readonly payloads: PayloadRetention,
    private readonly texts: TextRetention,
    private readonly erasures: Erasures,
  ) {}

  onApplicationBootstrap(): void {
    for (const loop of this.loops) loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()));
  }

  private every(intervalMs: number, doing: string, purge: (signal: AbortSignal) => Promise<unknown>): BackgroundLoop {
    return new BackgroundLoop({
      doing,
      round: async (signal) => {
        await purge(signal);
        return intervalMs;
      },
      troubleMs: intervalMs,
      warn: (text) => this.logger.warn(text),
    });
  }
}
