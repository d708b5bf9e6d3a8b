import { Injectable } from '@nestjs/common';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import type { StoredReading } from '../decide/captures.js';
import { nextCheckMs } from '../decide/compare.js';
import { storableId, storableJson, storableText } from '../../shared/decide/storable-text.js';
import { lockCharge, refreshCharge } from './charge-captures.js';

/** A lookup in the ledger that is due. */
export interface DueCheck {
  readonly postingKey: string;
  readonly chargeId: string;
  readonly part: string;
  /** Number of consecutive lookups that found the same state. */
  readonly checks: number;
}

/** The target's answer about one receipt. */
export type LedgerReading = Pick<StoredReading, 'ledger' | 'released' | 'clearing' | 'problem'> & {
  readonly reference: Readonly<Record<string, string>> | undefined;
};

/** Schedules lookups of payments in the ledger, and stores their results. */
@Injectable()
export class ReconciliationRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Payments whose lookup is due, oldest first. Only payments with a known fact: it has the amount to compare with. */
  async due(limit: number): Promise<DueCheck[]> {
    const rows = await this.query<{ posting_key: string; charge_id: string; part: string; checks: number }>(
      'reading due look-ups',
      `select r.posting_key, r.charge_id, r.part, r.checks
       from recon.reconciliation r join recon.payment p using (charge_id, part) where r.due_at <= now() order by r.due_at limit $1`,
      [limit],
    );
    return rows.map((row) => ({ postingKey: row.posting_key, chargeId: row.charge_id, part: row.part, checks: row.checks }));
  }

  /** Stores the answer, compares the captures of its charge again, and schedules the next lookup. */
  async record(check: DueCheck, reading: LedgerReading): Promise<void> {
    await withDatabase(`recording the ledger's answer about ${check.postingKey}`, () =>
      this.dataSource.transaction(async (manager) => {
        await lockCharge(manager, check.chargeId);
        const [before] = await manager.query<{ state: string }[]>(`select state from recon.reconciliation where posting_key = $1`, [
          check.postingKey,
        ]);
        await manager.query(
          `update recon.reconciliation set ledger_minor = $2, ledger_currency = $3, reference = $4, released = $5, clearing_account = $6,
             clearing_currency = $7, clearing_minor = $8, problem = $9, checked_at = now(), placed_at = now() where posting_key = $1`,
          [
            check.postingKey,
            reading.ledger?.minor ?? null,
            reading.ledger ? storableText(reading.ledger.currency) : null,
            reading.reference ? storableJson(reading.reference) : null,
            reading.released,
            reading.clearing ? storableId(reading.clearing.account) : null,
            reading.clearing?.currency ?? null,
            reading.clearing?.minor ?? null,
            reading.problem === null ? null : storableText(reading.problem),
          ],
        );
        const rows = await refreshCharge(manager, check.chargeId);
        const state = rows.find(({ known, part }) => known && part === check.part)?.reconciliation ?? 'pending';
        const checks = before?.state === state ? check.checks + 1 : 1;
        await manager.query(
          `update recon.reconciliation set checks = $2, due_at = now() + $3 * interval '1 millisecond' where posting_key = $1`,
          [check.postingKey, checks, nextCheckMs(state, check.checks)],
        );
      }),
    );
  }

  /** Schedules the same lookup again after the ERP did not answer; nothing else changes. */
  async postpone(postingKey: string, againInMs: number): Promise<void> {
    await this.query(
      `postponing the look-up of ${postingKey}`,
      `update recon.reconciliation set due_at = now() + $2 * interval '1 millisecond' where posting_key = $1`,
      [postingKey, againInMs],
    );
  }

  /**
   * Creates the rows of charges that were recorded before migration 0003. @returns number of charges handled; 0 when all have
   * their rows.
   */
  async backfill(limit: number): Promise<number> {
    const charges = await this.query<{ charge_id: string }>(
      'reading charges without rows',
      `select distinct p.charge_id from recon.payment p
       where not exists (select from recon.capture c where c.charge_id = p.charge_id) order by 1 limit $1`,
      [limit],
    );
    for (const { charge_id } of charges)
      await withDatabase(`making the rows of ${charge_id}`, () =>
        this.dataSource.transaction((manager) => refreshCharge(manager, charge_id).then(() => undefined)),
      );
    return charges.length;
  }

  private query<Row>(doing: string, sql: string, values: unknown[]): Promise<Row[]> {
    return withDatabase(doing, () => this.dataSource.query<Row[]>(sql, values));
  }
}
