import type { PostingConcluded, PostingRequested } from '@tributary/contracts';
import type { Posting, PostingState } from '@tributary/posting';
import type { UnwrittenDeadLetter } from './dead-letters.js';
import { fromLedgerJson, toLedgerJson } from './ledger-json.js';
import { PostingMisroutedError } from './posting.errors.js';

/** A request as the ledger keeps it: with what is needed to publish its outcome. */
export interface StoredRequest {
  /** Event id (ce_id) of the request. */
  readonly requestId: string;
  readonly recordKey: string;
  readonly value: PostingRequested;
  /** Where it was read; undefined for requests stored by earlier versions. */
  readonly origin?: RequestOrigin | undefined;
}

export interface RequestOrigin {
  readonly partition: number;
  readonly offset: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** One posting with everything that is kept beside the protocol's own fields. */
export interface LedgerRow {
  readonly key: string;
  readonly posting: Posting;
  readonly stored: StoredRequest | undefined;
  readonly batchId: string | undefined;
}

/** How one request ended, newest word. `number` counts the words. */
export interface Conclusion {
  readonly event: PostingConcluded;
  readonly recordKey: string;
  readonly number: number;
  readonly digest: string;
  /** Refused when no message was there any more to be dead-lettered: written with this word. */
  readonly deadLetter?: UnwrittenDeadLetter | undefined;
}

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
}

export interface RawOutcome {
  event: unknown;
  record_key: string;
  number: number;
  digest: string;
  result: string;
  dead_letter: unknown;
}

export function rowOf(raw: RawRow): LedgerRow {
  const value = raw.request === null ? undefined : fromLedgerJson<PostingRequested>(raw.request);
  const stored = value && { requestId: raw.request_id ?? '', recordKey: raw.record_key ?? '', value, origin: raw.origin ?? undefined };
  const posting: Posting = {
    state: raw.state as PostingState,
    fence: Number(raw.fence),
    leaseUntil: raw.lease_until?.getTime() ?? 0,
    attempts: raw.attempts,
    looks: raw.looks,
    sentAt: raw.sent_at?.getTime(),
    parked: raw.parked,
    notBefore: raw.not_before?.getTime() ?? 0,
    request: stored && protocolRequest(stored),
    version: BigInt(raw.version),
    appliedDigest: raw.applied_digest ?? undefined,
    reference: raw.reference ?? undefined,
    waitingOn: raw.waiting_on,
    resentAt: raw.resent_at?.getTime(),
    recheckAt: raw.recheck_at?.getTime(),
    rechecks: raw.rechecks,
    twice: raw.twice,
  };
  return { key: raw.posting_key, posting, stored, batchId: raw.batch_id ?? undefined };
}

/** Parameters of the update in ledger.repository.ts, from $3 on. */
export function columnsOf({ posting, stored, batchId }: LedgerRow, text: string | null): unknown[] {
  const at = (ms: number | undefined): Date | null => (ms ? new Date(ms) : null);
  return [
    posting.state,
    String(posting.fence),
    at(posting.leaseUntil),
    posting.attempts,
    posting.looks,
    at(posting.sentAt),
    posting.parked,
    at(posting.notBefore),
    stored?.requestId ?? null,
    stored ? toLedgerJson(stored.value) : null,
    stored?.recordKey ?? null,
    posting.version.toString(),
    posting.appliedDigest ?? null,
    posting.reference ? JSON.stringify(posting.reference) : null,
    [...posting.waitingOn],
    batchId ?? null,
    text,
    at(posting.resentAt),
    at(posting.recheckAt),
    posting.rechecks,
    posting.twice,
    stored?.origin ? JSON.stringify(stored.origin) : null,
  ];
}

export function conclusionOf(raw: RawOutcome): Conclusion {
  const deadLetter = raw.dead_letter ? fromLedgerJson<UnwrittenDeadLetter>(raw.dead_letter) : undefined;
  const event = fromLedgerJson<PostingConcluded>(raw.event);
  return { event, recordKey: raw.record_key, number: raw.number, digest: raw.digest, deadLetter };
}

/** @throws {PostingMisroutedError} for a protocol that this sink does not know. */
export function protocolRequest({ requestId, value }: StoredRequest): NonNullable<Posting['request']> {
  const { protocol, version, digest, postingKey } = value;
  if (protocol !== 'create-once' && protocol !== 'ensure' && protocol !== 'versioned-upsert')
    throw new PostingMisroutedError(
      `taking posting ${postingKey}: protocol "${protocol}" is none of create-once, ensure, versioned-upsert; mend the flow`,
      { postingKey },
    );
  return { requestId, protocol, version, digest };
}
