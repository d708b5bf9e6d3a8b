import type { EntityManager } from 'typeorm';
import type { StoredRequest } from '../emit/ledger/ledger-row.js';
import { outcomeColumns } from '../emit/ledger/outcome.repository.js';
import { pendingDeadLetterOf } from '../emit/ledger/outcome-unit-of-work.js';
import type { RebuiltOutcome, RebuiltPosting, RequestEvidence } from './decide/evidence.js';
import { insertRows } from './staging.js';

const postingColumns =
  'posting_key text, target text, kind text, state text, fence bigint, attempts integer, sent_at timestamptz, parked boolean, request_id text, request jsonb, ' +
  'record_key text, version numeric, applied_digest text, superseded boolean, reference jsonb, batch_id text, released boolean, text text, origin jsonb, applied_amount jsonb, set_aside jsonb';

export interface WrittenPosting {
  readonly posting: RebuiltPosting;
  readonly batchId: string | undefined;
  /** Of a conflict: what a person reads. */
  readonly text: string | undefined;
}

/**
 * The ledger of one target, written anew in the transaction it is given.
 * @param fence above every fence that a worker of the lost ledger may hold, so that what it still says is refused (I7).
 */
export class LedgerWriter {
  constructor(
    private readonly tx: EntityManager,
    private readonly target: string,
    private readonly fence: number,
    private readonly at: Date,
  ) {}

  /** Empties the ledger of the target. */
  async begin(): Promise<void> {
    for (const table of ['outcome', 'posting', 'batch'])
      await this.tx.query(`delete from erp_sink.${table} where target = $1`, [this.target]);
  }

  async postings(rows: readonly WrittenPosting[]): Promise<void> {
    await insertRows(
      this.tx,
      'erp_sink.posting',
      postingColumns,
      rows.map(({ posting, batchId, text }) => ({
        posting_key: posting.postingKey,
        target: this.target,
        kind: posting.kind,
        state: posting.state,
        fence: this.fence,
        attempts: posting.attempts,
        sent_at: posting.open ? this.at : null,
        // No message brings it again for sure: the sweeper goes on with it.
        parked: posting.state === 'waiting' || posting.state === 'held' || posting.state === 'unknown',
        request_id: posting.request?.requestId ?? null,
        request: posting.request ? posting.request.value : null,
        record_key: posting.request?.recordKey ?? null,
        version: posting.version.toString(),
        applied_digest: posting.appliedDigest ?? null,
        superseded: posting.superseded,
        reference: posting.reference ?? null,
        batch_id: batchId ?? null,
        released: posting.released,
        text: text ?? null,
        origin: posting.request?.origin ?? null,
        applied_amount: posting.appliedAmount ?? null,
        set_aside: posting.setAside ? storedOf(posting.setAside) : null,
      })),
    );
  }

  async outcomes(rows: readonly RebuiltOutcome[]): Promise<void> {
    await insertRows(
      this.tx,
      'erp_sink.outcome',
      outcomeColumns,
      rows.map(({ requestId, recordKey, number, digest, event, fresh, said }) => ({
        request_id: requestId,
        posting_key: event.postingKey,
        target: this.target,
        number,
        result: event.result,
        digest,
        event: event,
        record_key: recordKey,
        due: fresh,
        concluded_at: new Date(event.concludedAt),
        dead_letter: said ? (pendingDeadLetterOf(event, said.before, storedOf(said.request)) ?? null) : null,
      })),
    );
  }

  /** What waits names what it waits for, and nothing that is there. */
  async end(): Promise<void> {
    await this.tx.query(
      `update erp_sink.posting p set waiting_on = array(
         select needed from jsonb_array_elements_text(p.request->'dependsOn') as needed
         where not exists (select from erp_sink.posting there where there.posting_key = needed and there.reference is not null))
       where target = $1 and state = 'waiting' and request is not null`,
      [this.target],
    );
  }
}

function storedOf({ requestId, recordKey, value, origin }: RequestEvidence): StoredRequest {
  return { requestId, recordKey, value, origin };
}
