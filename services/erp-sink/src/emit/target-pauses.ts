import type { TargetPauseView } from '@tributary/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Identity } from '@tributary/identity';
import { reportToAudit, withDatabase } from '@tributary/persistence';
import { gauge } from '@tributary/platform';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { toStorable } from './ledger/storable-text.js';
import { TargetPausedError } from './posting.errors.js';
import { TARGET } from './tokens.js';

/** How long a pod may work on after another one was told to pause, ms. */
const readAgainMs = 500;
const pausedGauge = gauge('erp_sink_target_paused', 'Whether somebody paused the target', ['target']);

/** Who orders a pause or its end, and why. */
export interface PauseOrder {
  readonly who: Pick<Identity, 'subject' | 'name'>;
  readonly reason: string;
}

interface PauseRow {
  readonly paused_at: Date;
  readonly name: string;
  readonly reason: string;
}

/**
 * The pause of the target that somebody ordered. It is stored, so it holds for every pod and after a restart. While it lasts nothing new is begun:
 * requests wait in Kafka, postings and batches in the ledger. What is at the target already ends as it does otherwise,
 * and a sweep that runs finishes its round.
 */
@Injectable()
export class TargetPauses {
  private lastRead: { readonly until: number; readonly pause: Promise<TargetPauseView | null> } | undefined;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(TARGET) private readonly target: string,
  ) {}

  /** The pause as it is stored now. */
  async current(): Promise<TargetPauseView | null> {
    const sql = 'select paused_at, name, reason from erp_sink.target_pause where target = $1';
    const [row] = await withDatabase('reading whether the target is paused', () =>
      this.database.query<PauseRow[]>(sql, [toStorable(this.target)]),
    );
    pausedGauge.set({ target: this.target }, row ? 1 : 0);
    return row ? { at: row.paused_at.toISOString(), by: row.name, reason: row.reason } : null;
  }

  /** The pause, read now or shortly before. */
  async known(): Promise<TargetPauseView | null> {
    const now = performance.now();
    if (!this.lastRead || this.lastRead.until < now) {
      const pause = this.current();
      this.lastRead = { until: now + readAgainMs, pause };
      pause.catch(() => (this.lastRead = undefined));
    }
    return this.lastRead.pause;
  }

  /** @throws {TargetPausedError} while the target is paused. */
  async refuseWhilePaused(): Promise<void> {
    const pause = await this.known();
    if (pause)
      throw new TargetPausedError(`${this.target} was paused by ${pause.by} at ${pause.at}: ${pause.reason}`, { target: this.target });
  }

  /** Pauses the target. One that is paused stays as it is, and nothing is reported. */
  async pause(order: PauseOrder): Promise<void> {
    const sql = `insert into erp_sink.target_pause (target, subject, name, reason) values ($1, $2, $3, $4) on conflict do nothing returning target`;
    const { who, reason } = order;
    await this.change('paused', order, sql, [who.subject, who.name, reason].map(toStorable));
  }

  /** Ends the pause. One that is not paused stays as it is, and nothing is reported. */
  async resume(order: PauseOrder): Promise<void> {
    await this.change('resumed', order, 'delete from erp_sink.target_pause where target = $1 returning target', []);
  }

  private async change(what: 'paused' | 'resumed', { who, reason }: PauseOrder, sql: string, values: readonly string[]): Promise<void> {
    await withDatabase(`storing that ${this.target} is ${what}`, () =>
      this.database.transaction(async (tx) => {
        if ((await changedRows(tx, sql, [toStorable(this.target), ...values])) === 0) return;
        const report = {
          subject: who.subject,
          name: who.name,
          action: `target.${what}`,
          object: `target:${this.target}`,
          target: this.target,
        };
        await reportToAudit((text, parameters) => tx.query(text, [...parameters]), 'erp_sink', { ...report, reason: toStorable(reason) });
      }),
    );
    this.lastRead = undefined;
  }
}

/** TypeORM answers a deletion with its rows and their number, an insertion with its rows. */
async function changedRows(tx: EntityManager, sql: string, values: readonly string[]): Promise<number> {
  const [first] = await tx.query<unknown[]>(`with changed as (${sql}) select count(*)::int as changed from changed`, [...values]);
  return (first as { changed: number }).changed;
}
