import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Injectable, Logger } from '@nestjs/common';
import { BackgroundLoop } from '@tributary/platform';
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
  // Two loops, so that a stalled status publication does not block dispatch, or the reverse.
  private readonly loops = [
    this.loop('dispatching replays', () => this.dispatch()),
    this.loop('publishing the status of orders', () => this.publishStatus()),
  ];

  constructor(
    private readonly dispatcher: ReplayDispatcher,
    private readonly statusPublisher: OrderStatusPublisher,
  ) {}

  onApplicationBootstrap(): void {
    for (const loop of this.loops) loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()));
  }

  private async dispatch(): Promise<number> {
    return (await this.dispatcher.round()) === undefined ? idleMs : 0;
  }

  private async publishStatus(): Promise<number> {
    await this.statusPublisher.round();
    return idleMs;
  }

  private loop(doing: string, round: () => Promise<number>): BackgroundLoop {
    return new BackgroundLoop({ doing, round, troubleMs, warn: (text) => this.logger.warn(text) });
  }
}
