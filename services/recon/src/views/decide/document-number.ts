import type { ErpConnector } from '@tributary/connector-kit';

/**
 * The number by which people call a document, of the keys that the target gave it.
 * @param connector of its target; undefined where recon has none: then the last key that is not empty counts.
 */
export function documentNumber(
  reference: Readonly<Record<string, string>> | null,
  connector: Pick<ErpConnector, 'numberKeys'> | undefined,
): string | null {
  if (reference === null) return null;
  const named = (connector?.numberKeys ?? []).find((key) => Object.hasOwn(reference, key) && reference[key] !== '');
  if (named !== undefined) return reference[named] ?? null;
  return Object.values(reference).findLast((value) => value !== '') ?? null;
}
