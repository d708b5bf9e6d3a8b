import { Inject, Injectable } from '@nestjs/common';
import type { ErpConnector, ErpPeriod } from '@tributary/connector-kit';
import { createLogger } from '@tributary/platform';
import type { Logger } from 'pino';
import { CONNECTOR, PERIODS_MAX_AGE_MS, TARGET } from '../tokens.js';
import { ConnectorCalls } from './connector-calls.js';

/**
 * The fiscal periods of the target, refreshed from time to time, because an accountant may close one. Old periods stay in use while the
 * target does not answer: the target itself refuses a date that its periods do not allow.
 */
@Injectable()
export class PeriodCalendar {
  private readonly log: Logger;
  private periods: readonly ErpPeriod[] | undefined;
  private readAt = -Infinity;
  private reading: Promise<void> | undefined;

  constructor(
    @Inject(CONNECTOR) private readonly connector: ErpConnector,
    @Inject(ConnectorCalls) private readonly calls: ConnectorCalls,
    @Inject(PERIODS_MAX_AGE_MS) private readonly maxAgeMs: number,
    @Inject(TARGET) target: string,
  ) {
    this.log = createLogger('erp-sink').child({ context: 'PeriodCalendar', target });
  }

  /** The periods as last read; undefined until a first read succeeds. */
  current(): readonly ErpPeriod[] | undefined {
    return this.periods;
  }

  /** Reads the periods again when they are older than `maxAgeMs` (0: always). Never throws; {@link current} returns what is known. */
  async refresh(signal: AbortSignal, maxAgeMs = this.maxAgeMs): Promise<void> {
    if (!this.connector.periods || performance.now() - this.readAt < maxAgeMs) return;
    this.reading ??= this.read(signal).finally(() => {
      this.reading = undefined;
    });
    await this.reading;
  }

  /** As {@link refresh}, but only when the periods were needed before: for callers that do not yet know whether they need them. */
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
