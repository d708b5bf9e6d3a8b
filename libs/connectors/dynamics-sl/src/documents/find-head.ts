import { ErpDuplicateDocumentError } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import { keyMark, refNbrOf, sourceMark } from '../sl-keys.js';
import type { SlRow } from '../sl-values.js';
import { textOf } from '../sl-values.js';
import type { SlParts } from './document-kind.js';
import type { ScreenedDocument } from './screened.js';
import { equal } from './screened.js';

/**
 * The header of a posting key. A document of receivables is found by its number, which is 50 bits of the key; then its other marks are compared,
 * so that a number which a clerk or another key has by chance is never taken for ours.
 * @throws {ErpDuplicateDocumentError} when there are several, or when the number is that of another document.
 */
export async function headOf(key: PostingKey, how: ScreenedDocument, { client }: SlParts, signal: AbortSignal): Promise<SlRow | undefined> {
  const mark = keyMark(key);
  const byNumber = how.headView === 'ARDoc';
  const sought = byNumber ? equal('RefNbr', refNbrOf(key)) : equal('User2', mark);
  const rows = await client.rows(how.headView, [...how.ofKind, sought], signal);
  const own = rows.filter((row) => isOwn(row, key, mark));
  if (own.length === 1) return own[0];
  const [found, why] = own.length > 1 ? [own, 'several documents with it'] : [rows, 'its number for another document'];
  if (found.length === 0) return undefined;
  const names = found.map(
    (row) => `${textOf(row.RefNbr)} of ${textOf(row.CustId)}, batch ${textOf(row.BatNbr)}, User1 "${textOf(row.User1)}"`,
  );
  throw new ErpDuplicateDocumentError(`looking for ${key}: SL holds ${why} (${names.join('; ')}); decide which one stands`, {
    postingKey: key,
    found: names.join('; '),
  });
}

/** One that was keyed in again by hand with our number and the Stripe id has a blank User2. It counts. */
function isOwn(row: SlRow, key: PostingKey, mark: string): boolean {
  const [source, planted] = [textOf(row.User1), textOf(row.User2)];
  return planted === mark || (planted === '' && source === sourceMark(key));
}
