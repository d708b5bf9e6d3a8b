import { Inject, Injectable, Logger } from '@nestjs/common';
import { isPayloadProblem, payloadsOf, withDatabase } from '@tributary/persistence';
import type { PayloadCipher, Statement } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { toLedgerJson } from './ledger-json.js';
import { outcomePayloads, sealedJson } from './ledger-payloads.js';
import type { Conclusion } from './ledger-row.js';
import { conclusionOf } from './outcome-row.js';
import type { RawOutcome } from './outcome-row.js';
import { fromStorable, toStorable } from './storable-text.js';
import { TARGET } from '../tokens.js';
import { OutcomeUnitOfWork } from './outcome-unit-of-work.js';
import type { ChangedOutcome } from './outcome-unit-of-work.js';

/** Columns of an outcome, for PostgreSQL's json_to_recordset. */
export const outcomeColumns =
  'request_id text, posting_key text, target text, number integer, result text, digest text, event jsonb, record_key text, due boolean, concluded_at timestamptz, dead_letter jsonb';

/** What a unit of work changed. */
export type OutcomeChanges = Pick<OutcomeUnitOfWork, 'changed' | 'superseded'>;

/** The outcomes of rows, by request id. */
export function outcomesOf(rows: readonly RawOutcome[], cipher: PayloadCipher): Map<string, Conclusion> {
  return new Map(rows.map((raw) => [fromStorable(raw.request_id), conclusionOf(raw, cipher)]));
}

/** The statements that write what changed. */
export function outcomeWrites({ changed, superseded }: OutcomeChanges, cipher: PayloadCipher): Statement[] {
  const statements: Statement[] = [];
  if (superseded.size > 0)
    statements.push({ text: 'update erp_sink.posting set superseded = true where posting_key = any($1)', values: [[...superseded]] });
  if (changed.size === 0) return statements;
  const json = (requestId: string, column: string, value: unknown): unknown =>
    sealedJson(cipher, outcomePayloads, column, [toStorable(requestId)], value);
  const rows = [...changed].map(([requestId, { conclusion, due }]) => ({
    request_id: requestId,
    posting_key: conclusion.event.postingKey,
    target: conclusion.event.target,
    number: conclusion.number,
    result: conclusion.event.result,
    digest: conclusion.digest,
    event: json(requestId, 'event', conclusion.event),
    record_key: conclusion.recordKey,
    due,
    concluded_at: new Date(conclusion.event.concludedAt),
    dead_letter: json(requestId, 'dead_letter', conclusion.deadLetter) ?? null,
  }));
  statements.push({
    text: `insert into erp_sink.outcome (request_id, posting_key, target, number, result, digest, event, record_key, due, concluded_at, dead_letter)
       select * from json_to_recordset($1::json) as said (${outcomeColumns})
       on conflict (request_id) do update set number = excluded.number, result = excluded.result, digest = excluded.digest,
         event = excluded.event, record_key = excluded.record_key, due = excluded.due, concluded_at = excluded.concluded_at, dead_letter = excluded.dead_letter`,
    values: [toLedgerJson(rows)],
  });
  return statements;
}

/**
 * Outcomes of requests. They are repeated for a redelivered request, and published from the ledger (`due`) when no redelivery would publish
 * them.
 */
@Injectable()
export class OutcomeRepository {
  private readonly logger = new Logger(OutcomeRepository.name);

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(TARGET) private readonly target: string,
  ) {}

  /** Loads the outcomes of those requests and locks them until the transaction ends. */
  async load(tx: EntityManager, requestIds: readonly string[]): Promise<OutcomeUnitOfWork> {
    const rows =
      requestIds.length === 0
        ? []
        : await tx.query<RawOutcome[]>('select * from erp_sink.outcome where request_id = any($1) order by request_id for update', [
            requestIds.map(toStorable),
          ]);
    return new OutcomeUnitOfWork(outcomesOf(rows, payloadsOf(tx)));
  }

  /** Writes what changed, in the transaction in which it was loaded. */
  async write(tx: EntityManager, changes: OutcomeChanges): Promise<void> {
    for (const { text, values = [] } of outcomeWrites(changes, payloadsOf(tx))) await tx.query(text, [...values]);
  }

  /**
   * Overwrites what the target said in published outcomes of those postings. Everything else of them stays.
   * @returns number of outcomes that had such a text.
   */
  async overwriteTexts(tx: EntityManager, postingKeys: readonly string[], overwritten: string): Promise<number> {
    const found = await tx.query<{ request_id: string }[]>(
      'select request_id from erp_sink.outcome where posting_key = any($1) and not due and dead_letter is null order by request_id',
      [postingKeys],
    );
    const ids = found.map(({ request_id }) => fromStorable(request_id));
    const known = await this.load(tx, ids);
    const changed = ids.flatMap((id): [string, ChangedOutcome][] => {
      const conclusion = known.of(id);
      if (!conclusion || conclusion.event.text === null || conclusion.event.text === overwritten) return [];
      return [[id, { conclusion: { ...conclusion, event: { ...conclusion.event, text: overwritten } }, due: false }]];
    });
    await this.write(tx, { changed: new Map(changed), superseded: new Set() });
    return changed.length;
  }

  /** Conclusions that are recorded and not yet published, oldest first. One that cannot be decrypted waits, and holds no other back. */
  async due(limit: number): Promise<Conclusion[]> {
    const rows = await withDatabase('reading what is to be published', () =>
      this.database.query<RawOutcome[]>('select * from erp_sink.outcome where due and target = $1 order by concluded_at limit $2', [
        this.target,
        limit,
      ]),
    );
    return rows.flatMap((raw) => this.readable(raw) ?? []);
  }

  private readable(raw: RawOutcome): Conclusion | undefined {
    try {
      return conclusionOf(raw, payloadsOf(this.database));
    } catch (error) {
      if (!isPayloadProblem(error)) throw error;
      this.logger.warn(`an outcome is not published: ${error.message}`);
      return undefined;
    }
  }

  /** Marks outcomes as published once they are durable in Kafka. A newer revision recorded meanwhile stays due. */
  async published(conclusions: readonly Conclusion[]): Promise<void> {
    if (conclusions.length === 0) return;
    await withDatabase('recording what is published', () =>
      this.database.query(
        `update erp_sink.outcome o set due = false, dead_letter = null from unnest($1::text[], $2::int[]) as p (request_id, number)
         where o.request_id = p.request_id and o.number = p.number`,
        [conclusions.map(({ event }) => toStorable(event.requestId)), conclusions.map(({ number }) => number)],
      ),
    );
  }
}
