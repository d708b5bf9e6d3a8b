import { isStored } from './admission.js';
import { conclude } from './effects.js';
import type { Effect, Posting, PostingRequest } from './types.js';

/**
 * The request to store as {@link Posting.setAside} when this one takes the posting over. An `ensure` that gives way to a versioned upsert is
 * kept: if the upsert finds nothing to change (a customer deleted before it was created), the `ensure` still has to create the document.
 */
export function setAsideBy(posting: Posting, request: PostingRequest): PostingRequest | undefined {
  const { request: stored, reference, setAside } = posting;
  const givesWay = request.protocol === 'versioned-upsert' && stored?.protocol === 'ensure' && isStored(posting);
  return givesWay && reference === undefined ? stored : setAside;
}

/** Concludes the stored request whose posting this request takes over. Its offset is committed, so no redelivery would conclude it (I2). */
export function concludeDisplacedRequest(posting: Posting, request: PostingRequest): Effect[] {
  const { request: stored } = posting;
  if (!stored || !isStored(posting) || stored.requestId === request.requestId) return [];
  const result = request.protocol === 'versioned-upsert' && stored.protocol === 'versioned-upsert' ? 'stale' : 'duplicate';
  return [conclude(stored, result, undefined, `request ${request.requestId} takes its place`)];
}
