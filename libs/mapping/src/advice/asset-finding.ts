import type { Located } from '../assets/asset-reader.js';
import type { AssetProblem } from '../problem.js';

/** One cause of problems, with its position. `alsoAt`: further positions of the same cause, as `path:line:column`. */
export interface AssetFinding {
  readonly level: 'error' | 'warning';
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly alsoAt: readonly string[];
}

/** Makes a finding for a position in a file. */
export function findingAt(
  level: AssetFinding['level'],
  place: Omit<Located<unknown>, 'value'> | AssetProblem,
  message: string,
): AssetFinding {
  return { level, path: place.path, line: place.line, column: place.column, message, alsoAt: [] };
}
