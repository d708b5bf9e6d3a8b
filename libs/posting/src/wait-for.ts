import { conclude } from './effects.js';
import type { Posting, PostingRequest, Step } from './types.js';

/** Code of a posting that needs a document which no request has asked for. */
export const neverAskedCode = 'posting.need-never-asked';

/**
 * Stores a request until the documents that it needs exist. If no request asks for one of them within its time, the posting is held for an
 * operator; it still continues by itself once the document exists.
 */
export function waitFor(posting: Posting, request: PostingRequest, missing: readonly string[], neverAsked: readonly string[]): Step {
  const waiting: Posting = {
    ...posting,
    state: neverAsked.length > 0 ? 'held' : 'waiting',
    leaseUntil: 0,
    storedInLedger: true,
    notBefore: 0,
    waitingOn: missing,
  };
  const effect =
    neverAsked.length > 0
      ? conclude(
          request,
          'held',
          neverAskedCode,
          `it needs ${neverAsked.join(', ')}, which nobody has asked for in time. Replay to wait once more, or skip; it goes on by itself when that is there`,
        )
      : conclude(request, 'waiting', 'posting.dependency', `waiting for ${missing.join(', ')}`);
  return { posting: waiting, effects: [effect] };
}
