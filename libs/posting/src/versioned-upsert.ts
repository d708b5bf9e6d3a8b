import { end, go } from './admission.js';
import type { Admission } from './admission.js';
import type { Posting, PostingRequest } from './types.js';

/** Versioned upsert (a customer that changed): an older fact never overwrites a newer one; equal is not older (I4). */
export function admitVersionedUpsert(posting: Posting, request: PostingRequest): Admission {
  const newest = newestVersion(posting);
  if (request.version < newest) return end('stale', `version ${newest} is known, this request says ${request.version}`);
  if (request.version === posting.version && posting.reference !== undefined && posting.appliedDigest === request.digest)
    return end('duplicate', 'this very state is there already');
  return go;
}

/** The newest version that was applied, that is stored and will be, or that was sent and may be there. */
function newestVersion({ version, request, parked, state, sentAt }: Posting): bigint {
  const isPending = sentAt !== undefined || (parked && state !== 'rejected');
  const pending = isPending && request?.protocol === 'versioned-upsert' ? request.version : 0n;
  return pending > version ? pending : version;
}
