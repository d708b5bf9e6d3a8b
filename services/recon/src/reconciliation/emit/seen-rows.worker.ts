import { Injectable, Logger } from '@nestjs/common';
import { withDatabase } from '@tributary/persistence';
import { BackgroundLoop, BackgroundWorker } from '@tributary/platform';
import { DataSource } from 'typeorm';
import { placeCaptures } from './seen-captures.js';
import { placeEvents } from './seen-events.js';

const everyMs = 10_000;
/** Each is locked for as long as all of them take: a fraction of a second. */
const rowsAtOnce = 1_000;
/** What is being written meanwhile is asked for again then. */
const busyMs = 1_000;

/**
 * Works out which ledgers are involved in captures and events from before that was kept (migration 0033), and in those that an older version writes beside
 * this one: a thousand at a time. Lists and figures are right meanwhile.
 */
@Injectable()
export class SeenRowsWorker extends BackgroundWorker {
  private readonly logger = new Logger(SeenRowsWorker.name);
  protected readonly loop = new BackgroundLoop({
    doing: 'working out what single ledgers made of payments',
    round: () => this.round(),
    troubleMs: everyMs,
    warn: (text) => this.logger.warn(text),
  });

  constructor(private readonly dataSource: DataSource) {
    super();
  }

  /** Places some rows. @returns milliseconds until the next time. */
  async round(): Promise<number> {
    const placed = await withDatabase('working out what single ledgers made of payments', async () => [
      await this.dataSource.transaction((manager) => placeEvents(manager, rowsAtOnce)),
      await this.dataSource.transaction((manager) => placeCaptures(manager, rowsAtOnce)),
    ]);
    if (placed.includes(rowsAtOnce)) return 0;
    return placed.some((count) => count > 0) ? busyMs : everyMs;
  }
}
