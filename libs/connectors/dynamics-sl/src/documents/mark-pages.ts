import type { SlFilter } from '../doors/door.js';
import type { SlView } from '../sl-client.js';
import type { SlRow } from '../sl-values.js';
import type { SlParts } from './document-kind.js';

/** First characters of marks: those of shortReference. */
const firsts = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * A page of all rows that carry a mark of ours in User2. Marks are digests, so each first character has about as many of them, and a row that is
 * added or deleted meanwhile moves no other one to another page. @param after the first character of the page before.
 */
export async function pageOfMarks(
  view: SlView,
  ofKind: readonly SlFilter[],
  after: string | undefined,
  { client }: SlParts,
  signal: AbortSignal,
): Promise<{ readonly rows: readonly SlRow[]; readonly next: string | undefined }> {
  const index = after === undefined ? 0 : firsts.indexOf(after) + 1;
  const first = firsts[index];
  if (first === undefined) return { rows: [], next: undefined };
  const filter: SlFilter = { name: 'User2', value: `${first}%`, comparisonType: 'LIKE' };
  const rows = await client.rows(view, [...ofKind, filter], signal);
  return { rows, next: index + 1 < firsts.length ? first : undefined };
}
