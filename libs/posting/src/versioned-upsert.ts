import { concludeWithout, proceed } from './admission.js';
import type { Admission } from './admission.js';
import type { Posting, PostingRequest } from './types.js';

/** Versioned upsert (a customer that changed): an older fact never overwrites a newer one; equal versions are not older (I4). */
export function admitVersionedUpsert(posting: Posting, request: PostingRequest): Admission {
  const newest = newestVersion(posting);
  if (request.version < newest) return concludeWithout('stale', `version ${newest} is known, this request says ${request.version}`);
  if (request.version === posting.version && posting.reference !== undefined && posting.appliedDigest === request.digest)
    return concludeWithout('duplicate', 'already posted with the same content');
  return proceed;
}

/** The newest version that was applied, is stored and will be applied, or was sent and may be applied. */
function newestVersion({ version, request, storedInLedger, state, sentAt }: Posting): bigint {
  const isPending = sentAt !== undefined || (storedInLedger && state !== 'rejected');
  const pending = isPending && request?.protocol === 'versioned-upsert' ? request.version : 0n;
  return pending > version ? pending : version;
}
