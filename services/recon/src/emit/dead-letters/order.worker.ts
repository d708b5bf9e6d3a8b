import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { OrderGiver } from './order.giver.js';
import { OrderTeller } from './order.teller.js';

const idleMs = 200;
const troubleMs = 2_000;

/** Carries orders out and tells of them, for as long as the process lives. What it does is in the database, so any pod goes on with it. */
@Injectable()
export class OrderWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(OrderWorker.name);
  private readonly abort = new AbortController();
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly giver: OrderGiver,
    private readonly teller: OrderTeller,
  ) {}

  onApplicationBootstrap(): void {
    // Two loops: a Kafka that takes no news holds up no order, and the other way round.
    this.running = Promise.all([
      this.loop('giving dead letters back', () => this.give()),
      this.loop('telling of orders', () => this.tell()),
    ]);
  }

  async onApplicationShutdown(): Promise<void> {
    this.abort.abort();
    await this.running;
  }

  private async give(): Promise<number> {
    return (await this.giver.round()) === undefined ? idleMs : 0;
  }

  private async tell(): Promise<number> {
    await this.teller.round();
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
