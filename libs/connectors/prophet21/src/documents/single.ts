import { ErpDuplicateDocumentError } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';

/** The one document of a look-up, if any. @throws {ErpDuplicateDocumentError} when there are several. */
export function single<T>(found: readonly T[], key: PostingKey, what: string, name: (one: T) => string): T | undefined {
  if (found.length <= 1) return found[0];
  const names = found.map(name).join(', ');
  throw new ErpDuplicateDocumentError(`looking for ${key}: P21 holds ${found.length} ${what} with it (${names}); decide which one stands`, {
    postingKey: key,
    found: names,
  });
}
