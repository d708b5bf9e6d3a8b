import { meaningOf, resultMeanings } from './results.js';
import type { ResultMeaning } from './results.js';

const those = (property: keyof ResultMeaning): string[] =>
  Object.entries(resultMeanings).flatMap(([result, meaning]) => (meaning[property] ? [result] : []));

// Written by hand from docs/topics.md (erp.posting-concluded) and the protocols' docstrings.
it.each<[keyof ResultMeaning, string[]]>([
  ['final', ['posted', 'adopted', 'updated', 'released', 'duplicate', 'stale', 'skipped']],
  ['hasDocument', ['posted', 'adopted', 'updated', 'released']],
  ['refersToDocument', ['posted', 'adopted', 'updated', 'released', 'duplicate', 'stale']],
  ['applied', ['posted', 'adopted', 'updated', 'released', 'skipped']],
  ['tookPosting', ['posted', 'adopted', 'updated', 'released', 'skipped', 'waiting', 'held', 'rejected']],
  ['needsOperator', ['held', 'rejected']],
])('%s', (property, results) => {
  expect(those(property)).toEqual(results);
});

it('assumes nothing about a result that it does not know', () => {
  for (const unknown of ['', 'reversed', 'constructor', '__proto__']) expect(meaningOf(unknown)).toBeUndefined();
});
