import type { Posting, PostingRequest, Result } from './types.js';

/** A protocol's decision about a request for a posting that no worker holds. */
export type Admission =
  | { readonly kind: 'proceed' }
  /** Nothing has to be done for this request; it ends with this result. */
  | {
      readonly kind: 'conclude';
      readonly result: Result;
      readonly text: string;
      /** Keeps the request as {@link Posting.setAside}, in case the request that it gives way to does not create the document. */
      readonly setAside?: boolean;
    };

/** Admits the request: it may claim the posting. */
export const proceed: Admission = { kind: 'proceed' };

/** Ends the request without touching the target. */
export function concludeWithout(result: Result, text: string): Extract<Admission, { kind: 'conclude' }> {
  return { kind: 'conclude', result, text };
}

/** True when a request of this posting is unfinished and its offset is committed, so that only the ledger remembers it. */
export function isStored(posting: Posting): boolean {
  return (
    posting.storedInLedger &&
    (posting.state === 'waiting' || posting.state === 'held' || posting.state === 'claimed' || posting.state === 'unknown')
  );
}

/** True when the posting belongs to this request: a redelivery or a replay of it. */
export function isSameRequest(posting: Posting, request: PostingRequest): boolean {
  return posting.request?.requestId === request.requestId;
}
