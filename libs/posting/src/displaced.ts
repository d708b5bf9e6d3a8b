import { isStored } from './admission.js';
import type { Effect, Posting, PostingRequest } from './types.js';

/** A stored request that another one takes the place of has to end, since no message brings it again (I2). */
export function displaced(posting: Posting, request: PostingRequest): Effect[] {
  const { request: stored } = posting;
  if (!stored || !isStored(posting) || stored.requestId === request.requestId) return [];
  const result = request.protocol === 'versioned-upsert' && stored.protocol === 'versioned-upsert' ? 'stale' : 'duplicate';
  return [{ kind: 'conclude', requestId: stored.requestId, result, text: `request ${request.requestId} takes its place` }];
}
