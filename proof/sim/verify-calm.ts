import type { Posting } from '@tributary/posting';
import type { SimDatabase } from './database.js';
import type { RunParts } from './run-parts.js';
import { verifyNothingSavedWaits } from './verify-books.js';

/** Checks the calm after the storm, longer than any delay: everything has ended that does not wait for an operator. */
export function verifyCalm(parts: RunParts): void {
  const { world, database, erp, broker, tracker } = parts;
  verifyNothingSavedWaits(parts);
  const { checks } = world;
  for (const { key, posting } of database.postings.values()) {
    const idle = posting.leaseUntil > database.now() - longestPauseMs || (posting.state !== 'claimed' && posting.state !== 'unknown');
    // I7: no posting is stuck in progress.
    checks.that('I7', idle, () => `${key} is still ${posting.state}`);
    const documents = erp.ledger.byKey.get(key)?.length ?? 0;
    checks.that(
      'I3',
      documents <= 1 || isKnownToBeHeld(posting, database),
      () => `${key} has ${documents} documents and no one was told (${posting.state})`,
    );
  }
  for (const [partition, { heads, parked }] of database.lot) {
    for (const [sequence, head] of heads)
      // I4: only heads that wait for an operator still block their sequence.
      checks.that(
        'I4',
        head.place !== 'rung' || head.dueAt > world.now - longestRungMs,
        () => `${sequence} of ${partition} is still on a delay topic and was due ${world.now - head.dueAt} ms ago`,
      );
    for (const { request, offset } of parked.values())
      checks.that('I4', heads.has(request.sequence), () => `${partition}/${offset} of ${request.sequence} is parked without a head`);
  }
  // I4: a blocked sequence does not block others: every message without a head before it was processed.
  for (const [partition, log] of broker.postings.entries())
    for (const { offset, value } of log.records)
      checks.that(
        'I4',
        tracker.isAccounted(value),
        () => `${partition}/${offset} (${value.request.requestId}) waits, though its sequence is not blocked`,
      );
}

/**
 * I3: a duplicate is known, and waits for an operator. A held posting is looked up again and again: meanwhile its state is `unknown`, and its
 * last outcome is still `held`.
 */
function isKnownToBeHeld({ state, hasDuplicate, leaseUntil, request }: Posting, database: SimDatabase): boolean {
  const isLookedUp = state === 'unknown' && leaseUntil > database.now();
  return hasDuplicate || state === 'held' || (isLookedUp && database.outcomes.get(request?.requestId ?? '')?.result === 'held');
}

/** Longest pause between two attempts at a posting in progress, ms. */
const longestPauseMs = 60_000;
/** The longest delay topic, ms, with room for a clock that was set back: a head may be retried once more in the calm. */
const longestRungMs = 600_000 + 2 * 600_000;
