import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Injectable, Logger } from '@nestjs/common';
import { BackgroundLoop } from '@tributary/platform';
import { PayloadRetention } from '../../desk/emit/payload-retention.js';
import { TextRetention } from './text-retention.js';

const intervalMs = 3_600_000;

/**
 * Deletes old message bytes and overwrites old texts of the views, at the start and then every hour. Several instances may do so at once:
 * each locks the rows that it takes.
 */
@Injectable()
export class RetentionWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(RetentionWorker.name);
  private readonly loops = [
    this.hourly('deleting old message bytes', (signal) => this.payloads.purge(signal)),
    this.hourly('overwriting old texts in the views', (signal) => this.texts.purge(signal)),
  ];

  constructor(
    private readonly payloads: PayloadRetention,
    private readonly texts: TextRetention,
  ) {}

  onApplicationBootstrap(): void {
    for (const loop of this.loops) loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()));
  }

  private hourly(doing: string, purge: (signal: AbortSignal) => Promise<unknown>): BackgroundLoop {
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
