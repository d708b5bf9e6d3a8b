import { ErpDuplicateDocumentError } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import type { KineticRow } from '../kinetic-json.js';

/** The one row of a look-up, if any. @throws {ErpDuplicateDocumentError} when there are several. */
export function single(
  rows: readonly KineticRow[],
  key: PostingKey,
  what: string,
  name: (row: KineticRow) => string,
): KineticRow | undefined {
  if (rows.length <= 1) return rows[0];
  const found = rows.map(name).join(', ');
  throw new ErpDuplicateDocumentError(
    `looking for ${key}: Kinetic holds ${rows.length} ${what} with it (${found}); decide which one stands`,
    { postingKey: key, found },
  );
}
