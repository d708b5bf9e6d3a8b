import type { LedgerPostingView, OpenBatchView } from '@tributary/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { DatabaseUnavailableError, isPayloadProblem, payloadPlace, payloadsOf, withDatabase } from '@tributary/persistence';
import { pageStart, placeOfCursor } from '@tributary/domain';
import type { PageRequest } from '@tributary/domain';
import { DataSource } from 'typeorm';
import { amountsOfBatch, noOpenBatches, openBatchSums, summed } from '../health/open-batches.js';
import type { OpenBatchSums, Sum } from '../health/open-batches.js';
import { postingPayloads } from './ledger-payloads.js';
import { toShown, toStorable } from './storable-text.js';
import { TARGET } from '../tokens.js';

const postingColumns = `posting_key as "postingKey", kind, state, attempts, reference, waiting_on as "waitingOn", batch_id as "batchId",
  released, superseded, text, changed_at as "changedAt"`;

/** The place of a batch (`batch-place.ts`), as PostgreSQL compares it. */
const batchKey = [`date_trunc('milliseconds', b.opened_at)`, 'b.target collate "C"', 'b.batch_id collate "C"'];

/** Read-only views of the ledger for operators and tests. Payloads are left out (I8). */
@Injectable()
export class LedgerReader {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(TARGET) private readonly target: string,
  ) {}

  async counts(): Promise<Record<string, number>> {
    const rows = await this.read<{ state: string; count: number }>(
      'select state, count(*)::int as count from erp_sink.posting where target = $1 group by state',
    );
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  }

  async postings(state: string | undefined, limit: number): Promise<LedgerPostingView[]> {
    return this.readPostings('($2::text is null or state = $2) order by changed_at desc limit $3', state ?? null, limit);
  }

  async posting(key: string): Promise<LedgerPostingView | undefined> {
    const [posting] = await this.readPostings('posting_key = $2', key);
    if (!posting) return undefined;
    const outcomes = await this.read<NonNullable<LedgerPostingView['outcomes']>[number]>(
      `select request_id as "requestId", result, concluded_at as "concludedAt", not due as published from erp_sink.outcome
       where target = $1 and posting_key = $2 order by concluded_at`,
      key,
    );
    return { ...posting, outcomes };
  }

  /** Batches, the newest first. */
  async batches(limit: number): Promise<OpenBatchView[]> {
    return this.readBatches('true order by b.opened_at desc limit $2', limit);
  }

  /** Batches that are not released, from a place on: one more than the page has, in the order in which they are read. */
  async unreleased(page: PageRequest): Promise<OpenBatchView[]> {
    const { cursor, beyond, order, rows } = pageStart(page, 'asc');
    const place = cursor === undefined ? undefined : placeOfCursor(cursor);
    return this.readBatches(
      `b.state <> 'released' and ($2::timestamptz is null or (${batchKey.join(', ')}) ${beyond} ($2::timestamptz, $3::text, $4::text))
       order by ${batchKey.map((part) => `${part} ${order}`).join(', ')} limit $5`,
      ...[place?.openedAt ?? null, place?.target ?? null, place?.batchId ?? null, rows],
    );
  }

  /** All batches that are not released, with their documents and money. */
  async unreleasedTotal(): Promise<OpenBatchSums> {
    const [total] = await this.read<OpenBatchSums>(openBatchSums);
    return total ?? noOpenBatches;
  }

  private async readBatches(where: string, ...parameters: unknown[]): Promise<OpenBatchView[]> {
    const rows = await this.read<Omit<OpenBatchView, 'amounts'> & { readonly amounts: readonly Sum[] }>(
      `select b.target, b.batch_id as "batchId", b.kind, b.date, b.bank_account as "bankAccount", b.state, b.documents, b.attempts, b.text,
         b.opened_at as "openedAt", b.by_person as "byPerson", ${amountsOfBatch} as amounts
       from erp_sink.batch b where b.target = $1 and ${where}`,
      ...parameters,
    );
    return rows.map((row) => ({ ...row, amounts: summed(row.amounts) }));
  }

  private async readPostings(where: string, ...parameters: unknown[]): Promise<LedgerPostingView[]> {
    const rows = await this.read<LedgerPostingView>(
      `select ${postingColumns} from erp_sink.posting where target = $1 and ${where}`,
      ...parameters,
    );
    return rows.map((row) => ({ ...row, text: this.readableText(row) }));
  }

  /** The text of a posting; a sentence that says why, where it cannot be decrypted: a list never fails for it. */
  private readableText({ postingKey, text }: LedgerPostingView): string | null {
    try {
      return text && toShown(payloadsOf(this.database).openText(payloadPlace(postingPayloads, 'text', [postingKey]), text));
    } catch (error) {
      if (!isPayloadProblem(error)) throw error;
      return error.message;
    }
  }

  private async read<T>(sql: string, ...parameters: unknown[]): Promise<T[]> {
    if (!this.database.isInitialized) throw new DatabaseUnavailableError('reading the ledger: PostgreSQL is not connected yet');
    const rows = await withDatabase('reading the ledger', () =>
      this.database.query<T[]>(sql, [this.target, ...parameters.map((one) => (typeof one === 'string' ? toStorable(one) : one))]),
    );
    return rows.map((row) => shown(row) as T);
  }
}

/** Converts every text of a row to its readable form. */
function shown(value: unknown): unknown {
  if (typeof value === 'string') return toShown(value);
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [toShown(name), shown(inner)]));
}
