/** How a posting request ended: the `result` of `erp.posting-concluded`. `released` comes from the document's batch, not from its posting. */
export type AnyResult = 'posted' | 'adopted' | 'updated' | 'released' | 'duplicate' | 'stale' | 'skipped' | 'waiting' | 'held' | 'rejected';

/** What a result means. The only place where that is decided. */
export interface ResultMeaning {
  /** The request is done: a redelivery is told the same again. */
  readonly final: boolean;
  /** This request made, changed, found or released the document. */
  readonly hasDocument: boolean;
  /** The outcome names the document, when the posting has one, whoever made it. */
  readonly refersToDocument: boolean;
  /** What the request asked for counts as done: nothing older may be written over it (I4). */
  readonly applied: boolean;
  /** The request took the posting over. False: another request has it. */
  readonly tookPosting: boolean;
  /** A dead letter: an operator decides, or a later lookup does. */
  readonly needsOperator: boolean;
}

const done = { final: true, hasDocument: true, refersToDocument: true, applied: true, tookPosting: true, needsOperator: false };
const passedOver = { ...done, hasDocument: false, applied: false, tookPosting: false };
const open = { final: false, hasDocument: false, refersToDocument: false, applied: false, tookPosting: true, needsOperator: true };

/** What every result means. The one table: code and SQL that ask about results derive from it. */
export const resultMeanings: Readonly<Record<AnyResult, ResultMeaning>> = {
  posted: done,
  adopted: done,
  updated: done,
  released: done,
  duplicate: passedOver,
  stale: passedOver,
  skipped: { ...done, hasDocument: false, refersToDocument: false },
  waiting: { ...open, needsOperator: false },
  held: open,
  rejected: open,
};

/** @param result from a topic or a store: one that a newer version may know and this one does not means nothing, so nothing is assumed. */
export function meaningOf(result: string): ResultMeaning | undefined {
  return Object.hasOwn(resultMeanings, result) ? resultMeanings[result as AnyResult] : undefined;
}
