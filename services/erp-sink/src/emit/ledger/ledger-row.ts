import type { Money } from '@tributary/domain';
import type { PayloadCipher } from '@tributary/persistence';
import type { Posting, PostingState, Reference } from '@tributary/posting';
import type { LedgerRow, RequestOrigin, StoredRequest } from '../../decide/ledger-model.js';
import { withRequestDefaults, withStoredDefaults } from '../../decide/request-defaults.js';
import type { StoredPostingRequested } from '../../decide/request-defaults.js';
import { fromLedgerJson } from './ledger-json.js';
import { openedRow, postingPayloads, sealedJson, sealedText } from './ledger-payloads.js';
import { fromStorable, toStorable } from './storable-text.js';
import { protocolRequest } from './protocol-request.js';

export type { Conclusion, LedgerRow, PendingDeadLetter, RequestOrigin, StoredRequest } from '../../decide/ledger-model.js';

/** A row of `erp_sink.posting`, as the driver reads it. */
export interface RawRow {
  posting_key: string;
  state: string;
  fence: string;
  lease_until: Date | null;
  attempts: number;
  looks: number;
  sent_at: Date | null;
  parked: boolean;
  not_before: Date | null;
  request_id: string | null;
  request: unknown;
  record_key: string | null;
  version: string;
  applied_digest: string | null;
  reference: Record<string, string> | null;
  waiting_on: string[];
  batch_id: string | null;
  resent_at: Date | null;
  recheck_at: Date | null;
  rechecks: number;
  twice: boolean;
  origin: RequestOrigin | null;
  applied_amount: unknown;
  set_aside: unknown;
  waiting_released: string[];
  waiting_since: Date | null;
  decide_at: Date | null;
  posting_date: string | null;
  half: unknown;
  discarding: unknown;
}

/** Columns that {@link rowOf} needs besides those of the request and its origin. */
export const readColumns =
  'posting_key, state, fence, lease_until, attempts, looks, sent_at, parked, not_before, request_id, record_key, version, applied_digest, ' +
  'reference, waiting_on, batch_id, resent_at, recheck_at, rechecks, twice, applied_amount, set_aside, waiting_released, waiting_since, decide_at, posting_date, half, discarding';

/**
 * The row of the ledger that a raw row holds. @param known requests by id that the query left out because the caller has them.
 * @throws {PayloadKeyMissingError | PayloadUnreadableError} when what is encrypted cannot be decrypted.
 */
export function rowOf(stored: RawRow, cipher: PayloadCipher, known: ReadonlyMap<string, StoredRequest> = new Map()): LedgerRow {
  return opened(openedRow(cipher, postingPayloads, [stored.posting_key], stored), known);
}

function opened(raw: RawRow, known: ReadonlyMap<string, StoredRequest>): LedgerRow {
  const stored = known.get(fromStorable(raw.request_id ?? '')) ?? storedOf(raw);
  const setAside = raw.set_aside ? withStoredDefaults(fromLedgerJson<StoredRequest>(raw.set_aside)) : undefined;
  const posting: Posting = {
    state: raw.state as PostingState,
    fence: Number(raw.fence),
    leaseUntil: raw.lease_until?.getTime() ?? 0,
    attempts: raw.attempts,
    lookups: raw.looks,
    sentAt: raw.sent_at?.getTime(),
    storedInLedger: raw.parked,
    notBefore: raw.not_before?.getTime() ?? 0,
    request: stored && protocolRequest(stored),
    version: BigInt(raw.version),
    appliedDigest: raw.applied_digest === null ? undefined : fromStorable(raw.applied_digest),
    appliedAmount: appliedAmountOf(raw, stored),
    setAside: setAside && protocolRequest(setAside),
    reference: raw.reference ? fromLedgerJson<Reference>(raw.reference) : undefined,
    half: raw.half ? fromLedgerJson<Posting['half']>(raw.half) : undefined,
    discarding: raw.discarding ? fromLedgerJson<Posting['discarding']>(raw.discarding) : undefined,
    waitingOn: raw.waiting_on,
    resentAt: raw.resent_at?.getTime(),
    recheckAt: raw.recheck_at?.getTime(),
    rechecks: raw.rechecks,
    hasDuplicate: raw.twice,
  };
  return {
    key: raw.posting_key,
    posting,
    stored,
    setAside,
    batchId: raw.batch_id === null ? undefined : fromStorable(raw.batch_id),
    prerequisites: { missing: raw.waiting_on, unreleased: raw.waiting_released, neverAsked: [], decideAt: raw.decide_at?.getTime() },
    waitingSince: raw.waiting_since?.getTime(),
    postingDate: raw.posting_date ?? undefined,
  };
}

/** Rows of earlier versions do not store the amount: it is that of the stored request, when the document was made of that request. */
function appliedAmountOf({ applied_amount, applied_digest, reference }: RawRow, stored: StoredRequest | undefined): Money | undefined {
  if (applied_amount) return fromLedgerJson<Money>(applied_amount);
  if (reference === null || applied_digest === null || stored?.value.digest !== fromStorable(applied_digest)) return undefined;
  return stored.value.amount ?? undefined;
}

function storedOf({ request, request_id, record_key, origin }: RawRow): StoredRequest | undefined {
  if (request === null) return undefined;
  const value = withRequestDefaults(fromLedgerJson<StoredPostingRequested>(request));
  return {
    requestId: fromStorable(request_id ?? ''),
    recordKey: fromStorable(record_key ?? ''),
    value,
    origin: origin ? fromLedgerJson<RequestOrigin>(origin) : undefined,
  };
}

/** Columns that the update of ledger.repository.ts writes, for PostgreSQL's json_to_recordset. */
export const writtenColumns =
  'posting_key text, was bigint, state text, fence bigint, lease_until timestamptz, attempts integer, looks integer, sent_at timestamptz, parked boolean, ' +
  'not_before timestamptz, request_id text, request jsonb, record_key text, version numeric, applied_digest text, reference jsonb, waiting_on text[], ' +
  'batch_id text, text text, resent_at timestamptz, recheck_at timestamptz, rechecks integer, twice boolean, origin jsonb, applied_amount jsonb, set_aside jsonb, ' +
  'waiting_released text[], waiting_since timestamptz, decide_at timestamptz, posting_date text, half jsonb, discarding jsonb';

/** One row for {@link writtenColumns}, without members that are null. `was`: the fence that was read. The request is included only when it has changed. */
export function writtenRow(cipher: PayloadCipher, before: LedgerRow, after: LedgerRow, text: string | undefined): object {
  const { posting, stored, setAside, batchId, prerequisites, waitingSince, postingDate } = after;
  const at = (ms: number | undefined): Date | undefined => (ms ? new Date(ms) : undefined);
  const key = [toStorable(before.key)];
  const json = (column: string, value: unknown): unknown => sealedJson(cipher, postingPayloads, column, key, value);
  return {
    posting_key: before.key,
    was: before.posting.fence,
    state: posting.state,
    fence: posting.fence,
    lease_until: at(posting.leaseUntil),
    attempts: posting.attempts,
    looks: posting.lookups,
    sent_at: at(posting.sentAt),
    parked: posting.storedInLedger,
    not_before: at(posting.notBefore),
    version: posting.version.toString(),
    applied_digest: posting.appliedDigest,
    reference: posting.reference,
    waiting_on: posting.waitingOn,
    batch_id: batchId,
    text: sealedText(cipher, postingPayloads, 'text', key, text),
    resent_at: at(posting.resentAt),
    recheck_at: at(posting.recheckAt),
    rechecks: posting.rechecks,
    twice: posting.hasDuplicate,
    applied_amount: posting.appliedAmount,
    set_aside: json('set_aside', setAside),
    waiting_released: prerequisites.unreleased,
    waiting_since: at(waitingSince),
    decide_at: at(prerequisites.decideAt),
    posting_date: postingDate,
    half: posting.half,
    discarding: json('discarding', posting.discarding),
    ...(stored && stored !== before.stored
      ? {
          ...{ request_id: stored.requestId, request: json('request', stored.value) },
          ...{ record_key: stored.recordKey, origin: json('origin', stored.origin) },
        }
      : {}),
  };
}
