import type { PostingRequested } from '@tributary/contracts';
import { payloadsOf } from '@tributary/persistence';
import type { PayloadTable } from '@tributary/persistence';
import type { EntityManager } from 'typeorm';
import { neededKeys, prerequisitesOf } from '@tributary/posting';
import { KnownPostings } from '../emit/ledger/known-postings.js';
import { toLedgerJson } from '../emit/ledger/ledger-json.js';
import { outcomePayloads, postingPayloads, sealedJson, sealedText } from '../emit/ledger/ledger-payloads.js';
import { toStorable } from '../emit/ledger/storable-text.js';
import type { StoredRequest } from '../emit/ledger/ledger-row.js';
import { outcomeColumns } from '../emit/ledger/outcome.repository.js';
import { pendingDeadLetterOf } from '../emit/ledger/outcome-unit-of-work.js';
import type { RebuiltOutcome, RebuiltPosting, RequestEvidence } from './decide/evidence.js';
import { insertRows } from './staging.js';

const postingColumns =
  'posting_key text, target text, kind text, state text, fence bigint, attempts integer, sent_at timestamptz, parked boolean, request_id text, request jsonb, ' +
  'record_key text, version numeric, applied_digest text, superseded boolean, reference jsonb, batch_id text, released boolean, text text, origin jsonb, applied_amount jsonb, set_aside jsonb, ' +
  'waiting_since timestamptz, posting_date text, half jsonb';

type Needs = Pick<PostingRequested, 'dependsOn' | 'needs'>;

const waitingPerStatement = 1_000;

/** A row of the ledger to write. */
export interface WrittenPosting {
  readonly posting: RebuiltPosting;
  readonly batchId: string | undefined;
  /** Set for a conflict: the text for an operator. */
  readonly text: string | undefined;
}

/**
 * Writes the rebuilt ledger of one target in the given transaction.
 * @param fence above every fence that a worker of the lost ledger may hold, so that its results are refused (I7).
 */
export class LedgerWriter {
  constructor(
    private readonly tx: EntityManager,
    private readonly target: string,
    private readonly fence: number,
    private readonly at: Date,
  ) {}

  private readonly waiting: { readonly key: string; readonly request: Needs; readonly since: number | undefined }[] = [];

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
        // A redelivery is not certain, so the sweeper resumes the posting.
        parked: posting.state === 'waiting' || posting.state === 'held' || posting.state === 'unknown',
        request_id: posting.request?.requestId ?? null,
        request: this.json(postingPayloads, 'request', posting.postingKey, posting.request?.value),
        record_key: posting.request?.recordKey ?? null,
        version: posting.version.toString(),
        applied_digest: posting.appliedDigest ?? null,
        superseded: posting.superseded,
        reference: posting.reference ?? null,
        batch_id: batchId ?? null,
        released: posting.released,
        text: sealedText(payloadsOf(this.tx), postingPayloads, 'text', [toStorable(posting.postingKey)], text) ?? null,
        origin: this.json(postingPayloads, 'origin', posting.postingKey, posting.request?.origin),
        applied_amount: posting.appliedAmount ?? null,
        set_aside: this.json(postingPayloads, 'set_aside', posting.postingKey, posting.setAside && storedOf(posting.setAside)),
        waiting_since: posting.waitingSince === undefined ? null : new Date(posting.waitingSince),
        posting_date: posting.postingDate ?? null,
        half: posting.half ?? null,
      })),
    );
    for (const { posting } of rows)
      if (posting.waits && posting.request) {
        const { dependsOn, needs } = posting.request.value;
        this.waiting.push({ key: posting.postingKey, request: { dependsOn, needs }, since: posting.waitingSince });
      }
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
        event: this.json(outcomePayloads, 'event', requestId, event),
        record_key: recordKey,
        due: fresh,
        concluded_at: new Date(event.concludedAt),
        dead_letter: this.json(
          outcomePayloads,
          'dead_letter',
          requestId,
          said && pendingDeadLetterOf(event, said.before, storedOf(said.request)),
        ),
      })),
    );
  }

  private json(table: PayloadTable, column: string, key: string, value: unknown): unknown {
    return sealedJson(payloadsOf(this.tx), table, column, [toStorable(key)], value) ?? null;
  }

  /** Records what each waiting posting still waits for. Decided as the sink decides it, once all postings are written. */
  async end(): Promise<void> {
    const known = new KnownPostings();
    for (let from = 0; from < this.waiting.length; from += waitingPerStatement) {
      const page = this.waiting.slice(from, from + waitingPerStatement);
      await known.load(
        this.tx,
        page.flatMap(({ request }) => neededKeys(request)),
      );
      const rows = page.map(({ key, request, since }) => {
        const { missing, unreleased, decideAt } = prerequisitesOf(request, known.standings, since, this.at.getTime());
        const decide_at = decideAt === undefined ? null : new Date(decideAt);
        return { posting_key: key, waiting_on: missing, waiting_released: unreleased, decide_at };
      });
      await this.tx.query(
        `update erp_sink.posting p set waiting_on = w.waiting_on, waiting_released = w.waiting_released, decide_at = w.decide_at
         from json_to_recordset($1::json) as w (posting_key text, waiting_on text[], waiting_released text[], decide_at timestamptz)
         where p.posting_key = w.posting_key`,
        [toLedgerJson(rows)],
      );
    }
  }
}

function storedOf({ requestId, recordKey, value, origin }: RequestEvidence): StoredRequest {
  return { requestId, recordKey, value, origin };
}
