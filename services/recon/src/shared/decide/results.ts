import { resultMeanings } from '@tributary/posting';
import type { AnyResult, ResultMeaning } from '@tributary/posting';

function resultsThat(means: (meaning: ResultMeaning) => boolean): readonly AnyResult[] {
  return (Object.keys(resultMeanings) as AnyResult[]).filter((result) => means(resultMeanings[result]));
}

/** Results of a posting that wrote to the target: it created, changed, adopted or released its document. */
export const documentResults: readonly string[] = resultsThat(({ hasDocument }) => hasDocument);

/** Results after which the document exists, whichever request created it. */
export const knownDocumentResults: readonly string[] = resultsThat(({ refersToDocument }) => refersToDocument);

/** Results of postings that wait, for an operator or for another document. A rejected posting is not one of them: it is dead-lettered. */
export const heldResults: readonly string[] = resultsThat(({ final }) => !final).filter((result) => result !== 'rejected');

/** Results of requests for one receipt, the furthest along first. */
export const resultsByProgress: readonly string[] = [
  'released',
  'posted',
  'adopted',
  'updated',
  'duplicate',
  'held',
  'waiting',
  'rejected',
];

/** Results as a list of SQL literals: `'posted', 'adopted'`. Only for the constant lists of this file. */
export function sqlList(results: readonly string[]): string {
  return results.map((result) => `'${result}'`).join(', ');
}
