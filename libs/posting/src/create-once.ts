import { concludeWithout, isSameRequest, isStored, proceed } from './admission.js';
import type { Admission } from './admission.js';
import type { Posting, PostingRequest } from './types.js';

/** Text for a request that arrives again with other fields after its document was posted. */
export const supersededText = 'superseded: mapping changed; the document stands as it was posted, a person decides';

/** Create-once (a cash receipt): the first document is final (I3). */
export function admitCreateOnce(posting: Posting, request: PostingRequest): Admission {
  // A rebuilt ledger may lack the digest of a document whose request is past the retention of its topic.
  const unchanged = posting.appliedDigest === undefined || posting.appliedDigest === request.digest;
  if (posting.reference !== undefined) return concludeWithout('duplicate', unchanged ? 'this document is there already' : supersededText);
  if (isStored(posting) && !isSameRequest(posting, request) && posting.request?.digest === request.digest)
    return concludeWithout('duplicate', 'an earlier request for this document is stored and will be finished');
  return proceed;
}
