import { end, go, isSameRequest, isStored } from './admission.js';
import type { Admission } from './admission.js';
import type { Posting, PostingRequest } from './types.js';

export const supersededText = 'superseded: mapping changed; the document stands as it was posted, a person decides';

/** Create-once (a cash receipt): what is there stands for ever (I3). */
export function admitCreateOnce(posting: Posting, request: PostingRequest): Admission {
  // What a document was made of is not known where the ledger was rebuilt and the request is older than its topic.
  const unchanged = posting.appliedDigest === undefined || posting.appliedDigest === request.digest;
  if (posting.reference !== undefined) return end('duplicate', unchanged ? 'this document is there already' : supersededText);
  if (isStored(posting) && !isSameRequest(posting, request) && posting.request?.digest === request.digest)
    return end('duplicate', 'an earlier request for this very document is stored and will be finished');
  return go;
}
