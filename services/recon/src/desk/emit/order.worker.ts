import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { ReplayDispatcher } from './replay.dispatcher.js';
import { OrderStatusPublisher } from './order-status.publisher.js';

const idleMs = 200;
const troubleMs = 2_000;

/**
 * Dispatches orders and publishes their progress as long as the process runs. All state is in the database, so any instance can continue.
 */
@Injectable()
export class OrderWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(OrderWorker.name);
  private readonly abort = new AbortController();
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly dispatcher: ReplayDispatcher,
    private readonly statusPublisher: OrderStatusPublisher,
  ) {}

  onApplicationBootstrap(): void {
    // Two loops, so that a stalled status publication does not block dispatch, or the reverse.
    this.running = Promise.all([
      this.loop('dispatching replays', () => this.dispatch()),
      this.loop('publishing the status of orders', () => this.publishStatus()),
    ]);
  }

  async onApplicationShutdown(): Promise<void> {
    this.abort.abort();
    await this.running;
  }

  private async dispatch(): Promise<number> {
    return (await this.dispatcher.round()) === undefined ? idleMs : 0;
  }

  private async publishStatus(): Promise<number> {
    await this.statusPublisher.round();
    return idleMs;
  }

  private async loop(doing: string, round: () => Promise<number>): Promise<void> {
    while (!this.abort.signal.aborted) {
      const pauseMs = await round().catch((error: unknown) => {
        this.logger.warn(`${doing}: ${error instanceof Error ? error.message : String(error)}; going on in ${troubleMs} ms`);
        return troubleMs;
      });
      await wait(pauseMs, undefined, { signal: this.abort.signal }).catch(() => undefined);
    }
  }
}
