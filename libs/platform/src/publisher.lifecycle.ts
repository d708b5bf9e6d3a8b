import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { redactSecrets } from './redaction.js';

/** A publisher that starts and ends with its service: KafkaPublisher of libs/messaging, or one in memory. */
export interface ManagedPublisher {
  /** Resolves once Kafka has answered; publishing before that waits. Tries without end, and rejects when Kafka refuses for want of a right. */
  connect(): Promise<void>;
  /** @returns true when everything accepted so far is acknowledged. */
  drain(deadlineMs: number): Promise<boolean>;
  close(): Promise<void>;
}

/** Connects a publisher; ends the process (exit code 1: it could not start) when Kafka refuses, since a producer without rights never writes. */
export async function connectOrExit(
  publisher: Pick<ManagedPublisher, 'connect'>,
  logger: Pick<Logger, 'fatal'>,
  exit: (code: number) => void = (code) => process.exit(code),
): Promise<void> {
  try {
    await publisher.connect();
  } catch (error) {
    logger.fatal({ err: error }, `could not start: ${error instanceof Error ? redactSecrets(error.message) : String(error)}`);
    exit(1);
  }
}

/** Below the drain deadline of the process (`drainDeadlineMs`). */
const publisherDrainMs = 15_000;

/**
 * Connects a publisher at start without delaying it, and closes it after HTTP and transports have finished: whatever they accepted is
 * written first (I1, I7). What is not acknowledged within the deadline is delivered again by Stripe or read again from Kafka.
 */
export class PublisherLifecycle implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly publisher: ManagedPublisher,
    private readonly logger: Pick<Logger, 'warn' | 'fatal'>,
    private readonly deadlineMs: number = publisherDrainMs,
  ) {}

  onApplicationBootstrap(): void {
    void connectOrExit(this.publisher, this.logger);
  }

  /** Nest calls it after the microservices are closed. */
  async onApplicationShutdown(): Promise<void> {
    const durable = await this.publisher.drain(this.deadlineMs);
    if (!durable) this.logger.warn(`draining: Kafka did not acknowledge everything within ${this.deadlineMs} ms`);
    await this.publisher.close();
  }
}
