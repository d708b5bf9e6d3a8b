import { setTimeout as wait } from 'node:timers/promises';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Injectable, Logger } from '@nestjs/common';
import { PayloadRetention } from './payload-retention.js';

const intervalMs = 3_600_000;

/** Deletes old message bytes at the start and then every hour. Several instances may do so at once: each locks the rows that it takes. */
@Injectable()
export class PayloadRetentionWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(PayloadRetentionWorker.name);
  private readonly abort = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly retention: PayloadRetention) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async onApplicationShutdown(): Promise<void> {
    this.abort.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.abort;
    while (!signal.aborted) {
      await this.retention.purge(signal).catch((error: unknown) => {
        this.logger.warn(`deleting old message bytes: ${error instanceof Error ? error.message : String(error)}; tried again in an hour`);
      });
      await wait(intervalMs, undefined, { signal }).catch(() => undefined); // ends early at shutdown
    }
  }
}
