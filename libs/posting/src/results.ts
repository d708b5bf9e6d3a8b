/** Outcome of a posting request: the `result` of `erp.posting-concluded`. `released` comes from the document's batch, not from its posting. */
export type AnyResult = 'posted' | 'adopted' | 'updated' | 'released' | 'duplicate' | 'stale' | 'skipped' | 'waiting' | 'held' | 'rejected';

/** Meaning of a result. The only place where it is decided. */
export interface ResultMeaning {
  /** The outcome is final: a redelivery gets the same one again. */
  readonly final: boolean;
  /** This request made, changed, found or released the document. */
  readonly hasDocument: boolean;
  /** The outcome names the document, if there is one, also when someone else created it. */
  readonly refersToDocument: boolean;
  /** The requested state counts as applied: nothing older may overwrite it (I4). */
  readonly applied: boolean;
  /** The request took the posting over. False: another request has it. */
  readonly tookPosting: boolean;
  /** A dead letter: an operator decides, or a later lookup does. */
  readonly needsOperator: boolean;
}

const done = { final: true, hasDocument: true, refersToDocument: true, applied: true, tookPosting: true, needsOperator: false };
const passedOver = { ...done, hasDocument: false, applied: false, tookPosting: false };
const open = { final: false, hasDocument: false, refersToDocument: false, applied: false, tookPosting: true, needsOperator: true };

/** Meanings of all results. The one table: code and SQL that ask about results derive from it. */
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

/** The meaning of a result that was read from a topic or a store; undefined for a result that only a newer version knows. */
export function meaningOf(result: string): ResultMeaning | undefined {
  return Object.hasOwn(resultMeanings, result) ? resultMeanings[result as AnyResult] : undefined;
}
