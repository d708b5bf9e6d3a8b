import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { isLive, secretWarnings } from '../decide/signing-secret.js';
import type { StripeEndpoint } from '../endpoints.js';

/** How often the ends of the signing secrets are looked at, ms. */
const everyMs = 15 * 60_000;

/** Warns before a signing secret ends, and when it has. */
export class SecretWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly endpoints: () => readonly StripeEndpoint[],
    private readonly logger: Pick<Logger, 'warn'>,
  ) {}

  onApplicationBootstrap(): void {
    this.look(Date.now());
    this.timer = setInterval(() => this.look(Date.now()), everyMs).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Logs what there is to know now. @param now ms since the epoch. */
  look(now: number): void {
    for (const { name, secrets } of this.endpoints()) for (const text of secretWarnings(name, secrets, now)) this.logger.warn(text);
  }

  /** When the next live secret ends, ms since the epoch; Infinity when none does. */
  nextEnd(now: number): number {
    const ends = this.endpoints().flatMap(({ secrets }) =>
      secrets.flatMap((one) => (one.until !== undefined && isLive(one, now) ? [one.until] : [])),
    );
    return Math.min(...ends, Infinity);
  }
}
