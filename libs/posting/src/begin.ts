import type { AppliedResult, Posting, Request } from './posting-state.js';

/** What to do first with a request. */
export type Beginning =
  /** Take the key (atomically, raising the fence), then go on with `firstStep`. */
  | { readonly do: 'claim' }
  /** Store the request and wait for the named keys. No attempt is burnt. */
  | { readonly do: 'wait'; readonly on: readonly string[] }
  /** Somebody else works on it until then. */
  | { readonly do: 'busy'; readonly untilMs: number }
  /** Nothing to do: the ledger has the answer. */
  | { readonly do: 'answer'; readonly answer: Answer };

export type Answer =
  /** The same request again: the same outcome again, so that a crash between record and publish loses nothing. */
  | { readonly result: AppliedResult; readonly repeated: true }
  /** Another event asked for the document that is there. `superseded`: with other content, which is for a person to see; nothing is reposted. */
  | { readonly result: 'duplicate'; readonly superseded: boolean }
  | { readonly result: 'stale' }
  | { readonly result: 'skipped'; readonly repeated: boolean }
  | { readonly result: 'held' };

/**
 * The first decision on a request (DESIGN, posting protocol, steps 1 to 3).
 * @param posting the ledger's row, undefined when there is none.
 * @param unmet posting keys that the request depends on and that are not posted.
 * @param now the ledger's clock.
 */
export function begin(posting: Posting | undefined, request: Request, unmet: readonly string[], now: number): Beginning {
  if (posting) {
    const settled = settledAnswer(posting, request);
    if (settled) return { do: 'answer', answer: settled };
    if (posting.standing === 'open' && posting.leaseUntil > now) return { do: 'busy', untilMs: posting.leaseUntil };
  }
  return unmet.length > 0 ? { do: 'wait', on: unmet } : { do: 'claim' };
}

/** The answer that the ledger has already, or undefined when there is work to do. */
function settledAnswer(posting: Posting, request: Request): Answer | undefined {
  const same = posting.requestId === request.requestId;
  switch (posting.standing) {
    case 'open':
    case 'waiting':
      // A newer fact must not push an unfinished older one aside, and an older one must not follow it: the row's request stays.
      return olderThan(request, posting) ? { result: 'stale' } : undefined;
    case 'rejected':
      return undefined; // surely not applied: trying again is what a replay is for
    case 'held':
      return { result: 'held' };
    case 'skipped':
      if (same) return { result: 'skipped', repeated: true };
      return olderThan(request, posting) ? { result: 'stale' } : undefined;
    case 'posted':
      return same && posting.result ? { result: posting.result, repeated: true } : appliedAnswer(posting, request);
  }
}

function appliedAnswer(posting: Posting, request: Request): Answer | undefined {
  if (request.protocol === 'ensure') return { result: 'duplicate', superseded: false }; // it is there: that was all it wanted
  if (request.protocol === 'create-once') return { result: 'duplicate', superseded: posting.digest !== request.digest };
  if (olderThan(request, posting)) return { result: 'stale' };
  // Equal is not older: the content decides whether there is anything to change.
  return request.version === posting.version && request.digest === posting.digest ? { result: 'duplicate', superseded: false } : undefined;
}

/** I4: an older fact never overwrites a newer one. */
function olderThan(request: Request, posting: Posting): boolean {
  return request.protocol === 'versioned-upsert' && request.version < posting.version;
}
