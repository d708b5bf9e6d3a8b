import { Injectable } from '@nestjs/common';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import type { LedgerEffectState } from '@tributary/contracts';
import { storableId, storableText } from '../../shared/decide/storable-text.js';
import type { StoredEffectLine } from '../decide/effect-lines.js';

/** A document whose entries in the ledger are due to be read, or were read just now. */
export interface WatchedEffect {
  readonly postingKey: string;
  readonly target: string;
  readonly kind: string;
  readonly state: LedgerEffectState;
  /** Number of consecutive comparisons with the same result. */
  readonly checks: number;
  /** The requested lines of its newest request. */
  readonly asked: readonly StoredEffectLine[];
}

/** Result of one comparison, for storage. */
export interface EffectFinding {
  readonly state: LedgerEffectState;
  readonly text: string | null;
  readonly entries: readonly StoredEffectLine[];
  /** Time until the next look-up, ms; null when the document is read with its amount, or has nothing to compare. */
  readonly againInMs: number | null;
}

interface WatchedRow {
  readonly posting_key: string;
  readonly target: string;
  readonly kind: string;
  readonly state: LedgerEffectState;
  readonly checks: number;
  readonly effect: readonly StoredEffectLine[];
}

const columns = `c.posting_key, c.target, c.kind, c.state, c.checks, d.effect
  from recon.ledger_effect c
  join lateral (select effect from recon.document d where d.posting_key = c.posting_key order by requested_at desc, request_id limit 1) d on true`;

/** Comparisons of documents with the ledger's entries: which are due, and what they found. */
@Injectable()
export class EffectRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Documents whose entries are due to be read, oldest first. */
  async due(limit: number): Promise<WatchedEffect[]> {
    const rows = await this.query<WatchedRow>(`select ${columns} where c.due_at <= now() order by c.due_at limit $1`, [limit]);
    return rows.map(watchedOf);
  }

  /** One document with its requested effect; undefined while its request or its outcome is not known. */
  async watched(postingKey: string): Promise<WatchedEffect | undefined> {
    const [row] = await this.query<WatchedRow>(`select ${columns} where c.posting_key = $1`, [storableId(postingKey)]);
    return row && watchedOf(row);
  }

  /** Stores what a comparison found. */
  async record({ postingKey, state: before, checks }: WatchedEffect, { state, text, entries, againInMs }: EffectFinding): Promise<void> {
    await this.query(
      `update recon.ledger_effect set state = $2, text = $3, entries = $4, checks = $5, checked_at = now(),
         due_at = now() + $6 * interval '1 millisecond' where posting_key = $1`,
      [
        storableId(postingKey),
        state,
        text === null ? null : storableText(text),
        JSON.stringify(entries),
        state === before ? checks + 1 : 1,
        againInMs,
      ],
    );
  }

  /** Schedules the same look-up again after the ERP did not answer; nothing else changes. */
  async postpone(postingKey: string, againInMs: number): Promise<void> {
    await this.query(`update recon.ledger_effect set due_at = now() + $2 * interval '1 millisecond' where posting_key = $1`, [
      storableId(postingKey),
      againInMs,
    ]);
  }

  /** Number of documents whose entries differ, or that are missing. */
  async different(): Promise<number> {
    const [row] = await this.query<{ count: string }>(
      `select count(*) as count from recon.ledger_effect where state in ('different', 'missing')`,
      [],
    );
    return Number(row?.count ?? 0);
  }

  private query<Row>(sql: string, values: unknown[]): Promise<Row[]> {
    return withDatabase('comparing documents with the ledger', () => this.dataSource.query<Row[]>(sql, values));
  }
}

function watchedOf({ posting_key, target, kind, state, checks, effect }: WatchedRow): WatchedEffect {
  return { postingKey: posting_key, target, kind, state, checks, asked: effect };
}
