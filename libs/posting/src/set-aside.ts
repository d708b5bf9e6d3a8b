import { conclude } from './effects.js';
import type { Effect, Posting, PostingRequest } from './types.js';

/** Code of an upsert that found no document to change. It is remembered until the document exists ({@link Posting.setAside}). */
export const nothingToChangeCode = 'posting.nothing-to-change';

/**
 * The posting after its request ended without a document. An `ensure` that gave way to an upsert is resumed: nothing else would create the
 * document, and other postings may depend on it.
 */
export function withoutPosting(posting: Posting): Posting {
  const ended: Posting = { ...posting, leaseUntil: 0, sentAt: undefined, storedInLedger: false, half: undefined, discarding: undefined };
  if (posting.reference !== undefined) return { ...ended, state: 'posted' };
  const ensure = pendingEnsure(posting);
  if (!ensure) return { ...ended, state: 'skipped' };
  return { ...ended, state: 'waiting', storedInLedger: true, notBefore: 0, attempts: 0, request: ensure, setAside: undefined };
}

/** The outcome of the `ensure` that {@link withoutPosting} resumes. */
export function resumedEnsure(posting: Posting): Effect[] {
  const ensure = posting.reference === undefined ? pendingEnsure(posting) : undefined;
  return ensure ? [conclude(ensure, 'waiting', 'posting.dependency', 'the newer state found nothing to change; this is posted next')] : [];
}

/** The `ensure` that gave way to an upsert, when that upsert is the current request of the posting. */
function pendingEnsure({ request, setAside }: Posting): PostingRequest | undefined {
  return request?.protocol === 'versioned-upsert' && setAside?.protocol === 'ensure' ? setAside : undefined;
}

/** The newer state in which the `ensure` of the posting has to create the document: its fields override those of the `ensure`. */
export function newerStateOf({ request, setAside }: Posting): PostingRequest | undefined {
  return request?.protocol === 'ensure' && setAside?.protocol === 'versioned-upsert' ? setAside : undefined;
}
