import { end, go, isSameRequest, isStored } from './admission.js';
import type { Admission } from './admission.js';
import type { Posting, PostingRequest } from './types.js';

/** Ensure (the customer of a payment): match or create; what is there is never overwritten (I4). */
export function admitEnsure(posting: Posting, request: PostingRequest): Admission {
  if (posting.reference !== undefined) return end('duplicate', 'it is there already');
  if (!isStored(posting) || isSameRequest(posting, request)) return go;
  // What depends on it waits for the posting key, whoever's request makes it in the end.
  if (posting.request?.protocol === 'versioned-upsert')
    return { ...end('duplicate', 'a newer state of it is stored and will be finished'), setAside: true };
  return posting.request?.digest === request.digest ? end('duplicate', 'an earlier request for it is stored and will be finished') : go;
}
