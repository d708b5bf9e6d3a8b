import type { PostingConcluded, PostingRequested } from '@tributary/contracts';
import { newPosting, noPrerequisites } from '@tributary/posting';
import type { Posting, Prerequisites } from '@tributary/posting';

/** A request as the ledger keeps it: with what is needed to publish its outcome. */
export interface StoredRequest {
  /** Event id (ce_id) of the request. */
  readonly requestId: string;
  readonly recordKey: string;
  readonly value: PostingRequested;
  /** Where it was read; undefined for requests stored by earlier versions. */
  readonly origin?: RequestOrigin | undefined;
}

/** The record that a request was read from. */
export interface RequestOrigin {
  readonly partition: number;
  readonly offset: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What is kept of a refused request until its dead letter is durable. */
export interface PendingDeadLetter {
  readonly value: PostingRequested;
  readonly origin: RequestOrigin | null;
  /** Why it is written: rejected, held for an operator, or concluded after it was held. Absent in rows of earlier versions: rejected. */
  readonly says?: 'rejected' | 'held' | 'ended';
  /** The field that the target refused, where it named one. */
  readonly field?: string;
}

/** One posting with everything that is kept beside the protocol's own fields. */
export interface LedgerRow {
  readonly key: string;
  readonly posting: Posting;
  readonly stored: StoredRequest | undefined;
  /** The request that {@link Posting.setAside} names. */
  readonly setAside: StoredRequest | undefined;
  readonly batchId: string | undefined;
  /** What keeps the request from being sent, as found by the last step. */
  readonly prerequisites: Prerequisites;
  /** When the request began to wait for other documents, ms; undefined while it does not. */
  readonly waitingSince: number | undefined;
  /** The date that the document was moved to out of a closed period, `YYYY-MM-DD`. */
  readonly postingDate: string | undefined;
}

/** The row of a posting that the ledger did not have. */
export function newRow(key: string): LedgerRow {
  return {
    key,
    posting: newPosting,
    stored: undefined,
    setAside: undefined,
    batchId: undefined,
    prerequisites: noPrerequisites,
    waitingSince: undefined,
    postingDate: undefined,
  };
}

/** The newest outcome of one request. `number` counts its outcomes from 0. */
export interface Conclusion {
  readonly event: PostingConcluded;
  readonly recordKey: string;
  readonly number: number;
  readonly digest: string;
  /** The dead letter to write with this outcome, when the offset of the request is committed already. */
  readonly deadLetter?: PendingDeadLetter | undefined;
}
