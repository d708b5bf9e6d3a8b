import type { PostingOutcome } from './posting-outcome.js';

/** A call that brought no result, as the outcome that it means for a call that stores. */
export class CallOutcomeError extends Error {
  constructor(readonly outcome: Exclude<PostingOutcome, { kind: 'posted' | 'updated' | 'partial' }>) {
    super(outcome.text);
  }
}
