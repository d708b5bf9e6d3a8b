import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { KafkaPublisher } from '@tributary/messaging';

/** Everything that handlers of the last seconds returned is written, or its offset does not move. */
const drainMs = 10_000;

/** Connects the publisher at start without holding it up, and closes it after the transports have drained. */
@Injectable()
export class PublisherLifecycle implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(@Inject(KafkaPublisher) private readonly publisher: KafkaPublisher) {}

  onApplicationBootstrap(): void {
    void this.publisher.connect();
  }

  /** Nest calls it after the microservices are closed. */
  async onApplicationShutdown(): Promise<void> {
    await this.publisher.drain(drainMs);
    await this.publisher.close();
  }
}
