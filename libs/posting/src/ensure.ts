import { concludeWithout, isSameRequest, isStored, proceed } from './admission.js';
import type { Admission } from './admission.js';
import type { Posting, PostingRequest } from './types.js';

/** Ensure (the customer of a payment): match or create; an existing document is never overwritten (I4). */
export function admitEnsure(posting: Posting, request: PostingRequest): Admission {
  if (posting.reference !== undefined) return concludeWithout('duplicate', 'already in the target');
  if (!isStored(posting) || isSameRequest(posting, request)) return proceed;
  // Dependents wait for the posting key, so it does not matter which request makes the document.
  if (posting.request?.protocol === 'versioned-upsert')
    return { ...concludeWithout('duplicate', 'a newer state of it is stored and will be finished'), setAside: true };
  return posting.request?.digest === request.digest
    ? concludeWithout('duplicate', 'an earlier request for it is stored and will be finished')
    : proceed;
}
