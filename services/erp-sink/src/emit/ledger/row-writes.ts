import type { Statement } from '@tributary/persistence';
import { PostingTakenError } from '../posting.errors.js';
import { toLedgerJson } from './ledger-json.js';
import { writtenColumns } from './ledger-row.js';

const refusal = 'rows with another fence by now:';

/**
 * The statement that writes rows under the fences that were read. The rows are locked, so all of them have those fences. If one has not, the
 * statement fails, and with it the transaction: nothing may be written then (I7). {@link takenError} tells that failure.
 * @param rows of writtenRow.
 */
export function rowWrites(rows: readonly object[]): Statement[] {
  if (rows.length === 0) return [];
  const text = `with written as (
       update erp_sink.posting p set state = w.state, fence = w.fence, lease_until = w.lease_until, attempts = w.attempts, looks = w.looks,
         sent_at = w.sent_at, parked = w.parked, not_before = w.not_before,
         request_id = coalesce(w.request_id, p.request_id), request = coalesce(w.request, p.request),
         record_key = coalesce(w.record_key, p.record_key), origin = case when w.request_id is null then p.origin else w.origin end,
         version = w.version, applied_digest = w.applied_digest, reference = w.reference, waiting_on = w.waiting_on, batch_id = w.batch_id,
         text = w.text, resent_at = w.resent_at, recheck_at = w.recheck_at, rechecks = w.rechecks, twice = w.twice,
         applied_amount = w.applied_amount, set_aside = w.set_aside, waiting_released = w.waiting_released, waiting_since = w.waiting_since,
         decide_at = w.decide_at, posting_date = w.posting_date, half = w.half, discarding = w.discarding, released = p.released and not w.twice, changed_at = clock_timestamp()
       from json_to_recordset($1::json) as w (${writtenColumns})
       where p.posting_key = w.posting_key and p.fence = w.was returning 1)
     select (case when count(*) = $2 then '0' else '${refusal} ' || $2 - count(*) end)::integer from written`;
  return [{ text, values: [toLedgerJson(rows), rows.length] }];
}

/** The error that a failed write stands for. */
export function takenError(error: unknown): unknown {
  const { code, message = '' } = error as { code?: unknown; message?: string };
  if (code !== '22P02' || !message.includes(refusal)) return error;
  return new PostingTakenError(`recording postings: ${message}`, {});
}
