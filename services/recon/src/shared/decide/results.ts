import { resultMeanings } from '@tributary/posting';
import type { AnyResult, ResultMeaning } from '@tributary/posting';

function resultsThat(means: (meaning: ResultMeaning) => boolean): readonly AnyResult[] {
  return (Object.keys(resultMeanings) as AnyResult[]).filter((result) => means(resultMeanings[result]));
}

/** Results of a posting after which it has written: it made, changed, found or released its document. */
export const documentResults: readonly string[] = resultsThat(({ hasDocument }) => hasDocument);

/** Results after which the posting has a document, whichever request made it. */
export const knownDocumentResults: readonly string[] = resultsThat(({ refersToDocument }) => refersToDocument);

/** Results that wait for somebody or something. A rejected posting is no such: it is dead-lettered. */
export const heldResults: readonly string[] = resultsThat(({ final }) => !final).filter((result) => result !== 'rejected');

/** Results of requests for one receipt, the one that came farthest first. */
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

/** Results as a list of SQL literals: `'posted', 'adopted'`. Only for lists of this file: they are constants. */
export function sqlList(results: readonly string[]): string {
  return results.map((result) => `'${result}'`).join(', ');
}
