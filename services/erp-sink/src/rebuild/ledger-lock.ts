import { PipelineError } from '@tributary/domain';
import type { DataSource, QueryRunner } from 'typeorm';

/** The ledger of a target is worked on: it is not rebuilt meanwhile. */
export class LedgerInUseError extends PipelineError {
  readonly code = 'rebuild.in-use';
  readonly disposition = 'reject';
}

const key = `hashtextextended($1, 0)`;
const nameOf = (target: string): string => `erp_sink ledger of ${target}`;
const everyMs = 5_000;

/**
 * Takes the exclusive lock of the ledger of a target, for a rebuild.
 * @returns a function that releases the lock.
 * @throws {LedgerInUseError} while a sink or another rebuild holds a lock.
 */
export async function lockLedger(database: DataSource, target: string): Promise<() => Promise<void>> {
  const runner = database.createQueryRunner();
  await runner.connect();
  const rows = (await runner.query(`select pg_try_advisory_lock(${key}) as taken`, [nameOf(target)])) as { taken: boolean }[];
  if (!rows[0]?.taken) {
    await runner.release();
    throw new LedgerInUseError(`rebuilding the ledger of ${target}: its sink, or another rebuild, is at work on it; stop that first`, {
      target,
    });
  }
  return async () => {
    await runner.query(`select pg_advisory_unlock(${key})`, [nameOf(target)]);
    await runner.release();
  };
}

/**
 * The shared lock of a running sink: any number of sinks share the ledger of their target, and no rebuild begins meanwhile. A lock ends
 * with its connection, so it is checked, and taken again after the database was unavailable.
 */
export class SharedLedgerLock {
  private runner: QueryRunner | undefined;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  private constructor(
    private readonly database: DataSource,
    private readonly target: string,
    private readonly onRefused: () => void,
  ) {}

  /**
   * Waits as long as the ledger is being rebuilt.
   * @param onRefused the lock was lost with its connection, and a rebuild has begun meanwhile: the sink must stop.
   */
  static async take(
    database: DataSource,
    target: string,
    { onWaiting, onRefused }: { onWaiting: () => void; onRefused: () => void },
  ): Promise<SharedLedgerLock> {
    const share = new SharedLedgerLock(database, target, onRefused);
    while (!(await share.attempt())) {
      onWaiting();
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
    share.timer = setInterval(() => void share.keep(), everyMs);
    share.timer.unref();
    return share;
  }

  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.timer);
    await this.drop();
  }

  private async keep(): Promise<void> {
    try {
      await this.runner?.query('select 1');
    } catch {
      await this.drop();
    }
    if (this.closed || this.runner) return;
    // While PostgreSQL is unavailable no rebuild runs in it either.
    const taken = await this.attempt().catch(() => undefined);
    if (taken === false) this.onRefused();
  }

  private async attempt(): Promise<boolean> {
    const runner = this.database.createQueryRunner();
    try {
      await runner.connect();
      const rows = (await runner.query(`select pg_try_advisory_lock_shared(${key}) as taken`, [nameOf(this.target)])) as {
        taken: boolean;
      }[];
      if (rows[0]?.taken && !this.closed) {
        this.runner = runner;
        return true;
      }
    } catch (error) {
      await runner.release().catch(() => undefined);
      throw error;
    }
    await runner.release();
    return false;
  }

  private async drop(): Promise<void> {
    const runner = this.runner;
    this.runner = undefined;
    // Unlock explicitly: the connection returns to the pool and stays open.
    await runner?.query(`select pg_advisory_unlock_shared(${key})`, [nameOf(this.target)]).catch(() => undefined);
    await runner?.release().catch(() => undefined);
  }
}
