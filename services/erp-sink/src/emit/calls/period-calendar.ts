import { Inject, Injectable } from '@nestjs/common';
import type { ErpConnector, ErpPeriod } from '@tributary/connector-kit';
import { createLogger } from '@tributary/platform';
import { CONNECTOR, PERIODS_MAX_AGE_MS } from '../tokens.js';
import { ConnectorCalls } from './connector-calls.js';

/**
 * The fiscal periods of the target, read now and then: they change when an accountant closes one. What was read stays in use while the target
 * does not answer, since the target itself refuses what its periods do not allow.
 */
@Injectable()
export class PeriodCalendar {
  private readonly log = createLogger('erp-sink');
  private periods: readonly ErpPeriod[] | undefined;
  private readAt = -Infinity;
  private reading: Promise<void> | undefined;

  constructor(
    @Inject(CONNECTOR) private readonly connector: ErpConnector,
    @Inject(ConnectorCalls) private readonly calls: ConnectorCalls,
    @Inject(PERIODS_MAX_AGE_MS) private readonly maxAgeMs: number,
  ) {}

  /** undefined: they could not be read yet. */
  current(): readonly ErpPeriod[] | undefined {
    return this.periods;
  }

  /** Reads them again when they are older than that. Never throws: {@link current} tells what is known. @param maxAgeMs 0: in any case. */
  async refresh(signal: AbortSignal, maxAgeMs = this.maxAgeMs): Promise<void> {
    if (!this.connector.periods || performance.now() - this.readAt < maxAgeMs) return;
    this.reading ??= this.read(signal).finally(() => {
      this.reading = undefined;
    });
    await this.reading;
  }

  /** The same, for those who cannot tell whether they need them: only when they were needed before. */
  async refreshIfUsed(signal: AbortSignal): Promise<void> {
    if (this.periods) await this.refresh(signal);
  }

  private async read(signal: AbortSignal): Promise<void> {
    try {
      this.periods = await this.calls.periods(signal);
      this.readAt = performance.now();
    } catch (error) {
      this.log.warn({ err: error }, `reading the fiscal periods: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
