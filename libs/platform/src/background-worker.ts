import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { BackgroundLoop } from './background-loop.js';

/** A provider that repeats its work from the start of the application to its end. */
export abstract class BackgroundWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  protected abstract readonly loop: BackgroundLoop;

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  /** Lets the round that is under way finish. */
  onApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }
}
