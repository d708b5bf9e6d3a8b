import { Injectable } from '@nestjs/common';
import type { Money } from '@tributary/domain';
import { money } from '@tributary/domain';
import { DataSource } from 'typeorm';
import type { LedgerDocument, ReconciliationState } from '../decide/compare.js';

export interface DueCheck {
  readonly postingKey: string;
  readonly stripe: Money;
  readonly checks: number;
  readonly ageMs: number;
}

/** Which payments have to be looked up in the ledger next, and what was found. */
@Injectable()
export class ReconciliationRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Payments whose look is due, oldest first. Only those whose fact is known: the amount to compare with comes from it. */
  async due(limit: number): Promise<DueCheck[]> {
    const rows = await this.dataSource.query<{ posting_key: string; minor: string; currency: string; checks: number; age_ms: string }[]>(
      `select r.posting_key, p.minor::text, p.currency, r.checks, (extract(epoch from now() - p.recorded_at) * 1000)::bigint::text as age_ms
       from recon.reconciliation r join recon.payment p using (charge_id) where r.due_at <= now() order by r.due_at limit $1`,
      [limit],
    );
    return rows.map((row) => ({
      postingKey: row.posting_key,
      stripe: money(BigInt(row.minor), row.currency),
      checks: row.checks,
      ageMs: Number(row.age_ms),
    }));
  }

  async record(
    postingKey: string,
    state: ReconciliationState,
    ledger: LedgerDocument | undefined,
    reference: Readonly<Record<string, string>> | undefined,
    againInMs: number,
  ): Promise<void> {
    await this.dataSource.query(
      `update recon.reconciliation set state = $2, ledger_minor = $3, ledger_currency = $4, reference = $5, checks = case when state = $2 then checks + 1 else 1 end,
         checked_at = now(), due_at = now() + $6 * interval '1 millisecond' where posting_key = $1`,
      [
        postingKey,
        state,
        ledger?.amount.minor.toString() ?? null,
        ledger?.amount.currency ?? null,
        reference ? JSON.stringify(reference) : null,
        againInMs,
      ],
    );
  }

  /** The ERP gave no answer: the same look again later, nothing learnt. */
  async postpone(postingKey: string, againInMs: number): Promise<void> {
    await this.dataSource.query(`update recon.reconciliation set due_at = now() + $2 * interval '1 millisecond' where posting_key = $1`, [
      postingKey,
      againInMs,
    ]);
  }
}
