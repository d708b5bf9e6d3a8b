import type { PostingConcluded, PostingRequested } from '@tributary/contracts';
import type { Posting } from '@tributary/posting';
import type { Prerequisites } from './needs.js';

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

/** What is kept of a refused request until its dead letter is durable. */
export interface PendingDeadLetter {
  readonly value: PostingRequested;
  readonly origin: RequestOrigin | null;
  /** Refused, held for a person, or at an end after it was held. Absent in what earlier versions kept: refused. */
  readonly says?: 'rejected' | 'held' | 'ended';
}

/** One posting with everything that is kept beside the protocol's own fields. */
export interface LedgerRow {
  readonly key: string;
  readonly posting: Posting;
  readonly stored: StoredRequest | undefined;
  /** The request that {@link Posting.setAside} names. */
  readonly setAside: StoredRequest | undefined;
  readonly batchId: string | undefined;
  /** What keeps the request from being sent, as it was found in the last step. */
  readonly prerequisites: Prerequisites;
  /** When the request began to wait for other documents, ms; undefined while it does not. */
  readonly waitingSince: number | undefined;
  /** The date that the document was moved to out of a closed period, `YYYY-MM-DD`. */
  readonly postingDate: string | undefined;
}

/** How one request ended, newest word. `number` counts the words. */
export interface Conclusion {
  readonly event: PostingConcluded;
  readonly recordKey: string;
  readonly number: number;
  readonly digest: string;
  /** Refused when no message was there any more to be dead-lettered: written with this word. */
  readonly deadLetter?: PendingDeadLetter | undefined;
}
