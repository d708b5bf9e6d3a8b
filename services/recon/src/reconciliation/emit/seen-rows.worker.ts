import { Injectable, Logger } from '@nestjs/common';
import { withDatabase } from '@tributary/persistence';
import { BackgroundLoop, BackgroundWorker } from '@tributary/platform';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { chargesOfEvent, refreshCharge } from './charge-captures.js';
import { placeCaptures } from './seen-captures.js';
import { placeAgain, placeEvents } from './seen-events.js';

const everyMs = 10_000;
/** Each is locked for as long as all of them take: a fraction of a second. */
const rowsAtOnce = 1_000;
/** What an older version wrote is few: it runs beside this one for some minutes. */
const mendedAtOnce = 200;
/** What is being written meanwhile is asked for again then. */
const busyMs = 1_000;

/**
 * Works out which ledgers are involved in captures and events from before that was kept (migration 0033), a thousand at a time: lists and figures are right
 * meanwhile. And places again what an older version has written beside this one, which does not know what is kept (migration 0035): until then roles for
 * single ledgers see what was there before.
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
    const mended = await withDatabase(
      'placing again what an older version wrote',
      async () => (await this.mend(mendEvent)) + (await this.mend(mendReading)),
    );
    if (placed.includes(rowsAtOnce)) return 0;
    return mended > 0 || placed.some((count) => count > 0) ? busyMs : everyMs;
  }

  /** One after the other, each in a transaction of its own, which locks what a record of it would lock. @returns how many. */
  private async mend(one: (manager: EntityManager) => Promise<boolean>): Promise<number> {
    for (let count = 0; count < mendedAtOnce; count += 1) if (!(await this.dataSource.transaction(one))) return count;
    return mendedAtOnce;
  }
}

async function mendEvent(manager: EntityManager): Promise<boolean> {
  const eventId = await placeAgain(manager);
  if (eventId === undefined) return false;
  for (const chargeId of await chargesOfEvent(manager, eventId)) await refreshCharge(manager, chargeId);
  return true;
}

/** A reading of a ledger that an older version compared. */
async function mendReading(manager: EntityManager): Promise<boolean> {
  const [found] = await manager.query<{ charge_id: string }[]>(
    'select charge_id from recon.reconciliation where checked_at > placed_at order by posting_key limit 1',
  );
  if (!found) return false;
  await refreshCharge(manager, found.charge_id);
  await manager.query('update recon.reconciliation set placed_at = checked_at where charge_id = $1 and checked_at > placed_at', [
    found.charge_id,
  ]);
  return true;
}
