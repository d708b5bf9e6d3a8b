import type { Posting, PostingRequest, Result } from './types.js';

/** What a protocol says about a request for a posting that nobody is working on. */
export type Admission =
  | { readonly kind: 'go' }
  /** Nothing is to be done for this request; it ends with that. */
  | {
      readonly kind: 'end';
      readonly result: Result;
      readonly text: string;
      /** The request is kept as {@link Posting.setAside}, in case the request it gave way to does not make the document. */
      readonly setAside?: boolean;
    };

export const go: Admission = { kind: 'go' };

export function end(result: Result, text: string): Extract<Admission, { kind: 'end' }> {
  return { kind: 'end', result, text };
}

/** The posting is stored for a request, unfinished, and only the ledger remembers that request. */
export function isStored(posting: Posting): boolean {
  return (
    posting.parked &&
    (posting.state === 'waiting' || posting.state === 'held' || posting.state === 'claimed' || posting.state === 'unknown')
  );
}

export function isSameRequest(posting: Posting, request: PostingRequest): boolean {
  return posting.request?.requestId === request.requestId;
}
