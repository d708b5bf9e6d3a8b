import { addressPart } from '../format/text.js';
import { hrefOf } from '../shell/address.js';
import type { Method, Parameters, PathOf } from './documents.js';

/**
 * The address of a request. A path, a name in it or a filter that no document has is no program.
 * @param path as its document has it, below /api where it is another service's: `/api/payments/{id}`. @param parameters what stands in it, and its filters.
 */
export function addressOf<Path extends PathOf<How>, How extends Method = 'get'>(path: Path, parameters: Parameters<Path, How>): string {
  const query: Record<string, string | null | undefined> = { ...parameters };
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = query[name];
    delete query[name];
    return addressPart(String(value));
  });
  return hrefOf(filled, query);
}
