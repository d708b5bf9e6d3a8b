import { addressPart } from '../format/text.js';
import type { paths as ReconPaths } from '../generated/recon-api.js';
import { hrefOf } from './address.js';

/** Paths of recon that are read with GET. */
export type ReadPath = { [Path in keyof ReconPaths]: ReconPaths[Path] extends { readonly get: object } ? Path : never }[keyof ReconPaths];

type Get<Path extends ReadPath> = ReconPaths[Path] extends { readonly get: { readonly parameters: infer Parameters } } ? Parameters : never;
type QueryOf<Path extends ReadPath> = Get<Path> extends { readonly query?: infer Query } ? Exclude<Query, undefined> : never;
type InPath<Path extends ReadPath> = Get<Path> extends { readonly path: infer Names } ? Names : Record<never, never>;

/** A filter of a request as an address has it; what has no value is left out. */
type Filters<Query> = { readonly [Name in keyof Query]?: string | null | undefined };

/**
 * The address of a request to recon. A path, a name in it or a filter that recon's document does not have is no program.
 * @param path as the document has it: `/payments/{id}`. @param names what stands in it.
 */
export function reconPath<Path extends ReadPath>(path: Path, names: InPath<Path>, query?: Filters<QueryOf<Path>>): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    addressPart(String((names as Readonly<Record<string, unknown>>)[name])),
  );
  return hrefOf(filled, query as Readonly<Record<string, string | null | undefined>> | undefined);
}
