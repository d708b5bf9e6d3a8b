import type { Located } from '../assets/asset-reader.js';
import type { MappingDocument } from '../assets/mapping-document.js';
import type { PostingProfile } from '../assets/posting-profile.js';
import type { AssetLanguage } from '../language.js';
import { didYouMean } from '../problem.js';
import type { AssetProblem } from '../problem.js';

/** The assets to which a flow may refer. */
export interface AssetIndex {
  readonly language: AssetLanguage;
  readonly mappings: ReadonlyMap<string, MappingDocument>;
  readonly profiles: ReadonlyMap<string, PostingProfile>;
  readonly tables: readonly string[];
}

/** A problem when the name is not a known one; else none. */
export function unknownName(name: Located<string>, what: string, known: readonly string[]): AssetProblem[] {
  if (known.includes(name.value)) return [];
  const list = known.length > 0 && known.length <= 12 ? `: one of ${known.map((one) => `"${one}"`).join(', ')}` : '';
  const problem = problemAt(name, `expected the name of a known ${what}${list}; got "${name.value}"${didYouMean(name.value, known)}`);
  return [what === 'mapping' || what === 'profile' ? { ...problem, missing: { kind: what, name: name.value } } : problem];
}

/** A problem at a position. */
export function problemAt(place: Omit<Located<unknown>, 'value'>, message: string): AssetProblem {
  return { path: place.path, line: place.line, column: place.column, message };
}
