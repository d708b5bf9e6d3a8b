import type { OnApplicationShutdown } from '@nestjs/common';
import type { Publisher } from '@tributary/messaging';
import type { Logger } from 'pino';

/** A publisher that is started and ended with the service. */
export interface ServicePublisher extends Pick<Publisher, 'publish'> {
  /** Resolves once Kafka has answered; publishing before that waits. */
  connect(): Promise<void>;
  /** undefined while Kafka takes what it is given, else a sentence. */
  health(): string | undefined;
  /** @returns whether everything is durable. */
  drain(deadlineMs: number): Promise<boolean>;
  close(): Promise<void>;
}

/** Below the drain deadline of the process (libs/platform). */
const drainDeadlineMs = 15_000;

/** Ends the publisher after the HTTP server has answered its last request: what was taken is written first (I1, I7). */
export class PublisherLifecycle implements OnApplicationShutdown {
  constructor(
    private readonly publisher: ServicePublisher,
    private readonly logger: Logger,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    const durable = await this.publisher.drain(drainDeadlineMs);
    // Nothing of it was acknowledged to Stripe, so Stripe delivers it again.
    if (!durable) this.logger.warn(`draining: Kafka did not take everything within ${drainDeadlineMs} ms`);
    await this.publisher.close();
  }
}
