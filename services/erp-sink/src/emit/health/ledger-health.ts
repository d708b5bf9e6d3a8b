import type { PostingConcluded, PostingRequested, TargetBatchesView, TargetFailureView, TargetPostingsView } from '@tributary/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { isPayloadProblem, payloadPlace, payloadsOf, withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { fromLedgerJson } from '../ledger/ledger-json.js';
import { outcomePayloads, postingPayloads } from '../ledger/ledger-payloads.js';
import { toShown } from '../ledger/storable-text.js';
import { TARGET } from '../tokens.js';
import { amountsOfBatch, noOpenBatches, openBatchesOf, openBatchSums } from './open-batches.js';
import type { OpenBatchRow, OpenBatchSums } from './open-batches.js';

/** Batches that are listed beside the sums of all. */
const mostBatches = 50;

/** What the ledger knows about how a target fares. */
export interface LedgerHealthView {
  readonly postings: TargetPostingsView;
  readonly batches: TargetBatchesView;
  readonly lastSuccessAt: string | null;
  readonly lastFailure: TargetFailureView | null;
  readonly mappingVersion: string | null;
}

interface OpenRow {
  readonly open: number;
  readonly unknown: number;
  readonly held: number;
}

/** How a target fares, by its ledger. Each statement reads the rows of open postings or one end of the index of states, never the whole table. */
@Injectable()
export class LedgerHealth {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(TARGET) private readonly target: string,
  ) {}

  async read(): Promise<LedgerHealthView> {
    const [counts, oldest, success, failure, batches] = await Promise.all([
      this.counts(),
      this.oldest(),
      this.newest(['posted']),
      this.newest(['rejected', 'held']),
      this.batches(),
    ]);
    const [code, mappingVersion] = await Promise.all([
      failure ? this.codeOf(failure.key) : null,
      success ? this.mappingOf(success.key) : null,
    ]);
    return {
      postings: { ...counts, oldest },
      batches,
      lastSuccessAt: success?.at.toISOString() ?? null,
      lastFailure: failure ? { at: failure.at.toISOString(), postingKey: toShown(failure.key), code } : null,
      mappingVersion,
    };
  }

  private async counts(): Promise<OpenRow> {
    const [row] = await this.query<OpenRow>(
      `select count(*) filter (where state in ('new', 'claimed', 'waiting'))::int as open, count(*) filter (where state = 'unknown')::int as unknown,
         count(*) filter (where state = 'held')::int as held
       from erp_sink.posting where target = $1 and state in ('new', 'claimed', 'waiting', 'unknown', 'held')`,
    );
    return row ?? { open: 0, unknown: 0, held: 0 };
  }

  private async oldest(): Promise<TargetPostingsView['oldest']> {
    const [row] = await this.query<{ key: string; state: string; since: Date }>(
      `select posting_key as key, state, created_at as since from erp_sink.posting
       where target = $1 and state in ('new', 'claimed', 'waiting', 'unknown', 'held') order by created_at limit 1`,
    );
    return row ? { postingKey: toShown(row.key), state: row.state, since: row.since.toISOString() } : null;
  }

  /** The posting that came last into one of these states. */
  private async newest(states: readonly string[]): Promise<{ readonly key: string; readonly at: Date } | undefined> {
    const rows = await Promise.all(
      states.map((state) =>
        this.query<{ key: string; at: Date }>(
          'select posting_key as key, changed_at as at from erp_sink.posting where target = $1 and state = $2 order by changed_at desc limit 1',
          state,
        ),
      ),
    );
    return rows.flat().sort((a, b) => b.at.getTime() - a.at.getTime())[0];
  }

  /** Why a posting ended as it did. Outcomes are deleted some day, and may need a key that is not there. */
  private async codeOf(postingKey: string): Promise<string | null> {
    const [row] = await this.query<{ id: string; event: unknown }>(
      'select request_id as id, event from erp_sink.outcome where target = $1 and posting_key = $2 order by concluded_at desc limit 1',
      postingKey,
    );
    return row ? (this.opened<PostingConcluded>(outcomePayloads, 'event', row.id, row.event)?.code ?? null) : null;
  }

  private async mappingOf(postingKey: string): Promise<string | null> {
    const [row] = await this.query<{ request: unknown }>(
      'select request from erp_sink.posting where target = $1 and posting_key = $2 and request is not null',
      postingKey,
    );
    const version = row && this.opened<PostingRequested>(postingPayloads, 'request', postingKey, row.request)?.mappingVersion;
    return version ? toShown(version) : null;
  }

  private async batches(): Promise<TargetBatchesView> {
    const [rows, [sums]] = await Promise.all([
      this.query<OpenBatchRow>(
        `select b.batch_id, b.kind, b.date, b.bank_account, b.state, b.documents, b.attempts, b.text, b.opened_at, b.by_person,
           ${amountsOfBatch} as amounts
         from erp_sink.batch b where b.target = $1 and b.state <> 'released' order by b.opened_at, b.batch_id limit $2`,
        mostBatches,
      ),
      this.query<OpenBatchSums>(openBatchSums),
    ]);
    return openBatchesOf(this.target, rows, sums ?? noOpenBatches);
  }

  /** A stored payload; undefined where it cannot be decrypted: a target is shown all the same. */
  private opened<T>(table: typeof postingPayloads, column: string, key: string, stored: unknown): T | undefined {
    try {
      return fromLedgerJson<T>(payloadsOf(this.database).openJson(payloadPlace(table, column, [key]), stored));
    } catch (error) {
      if (!isPayloadProblem(error)) throw error;
      return undefined;
    }
  }

  private query<Row>(sql: string, ...parameters: readonly unknown[]): Promise<Row[]> {
    return withDatabase('reading how the target fares', () => this.database.query<Row[]>(sql, [this.target, ...parameters]));
  }
}
