/** One problem of an asset, with its position. Lines and columns count from 1. */
export interface AssetProblem {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** The named asset that does not exist; one missing asset can cause several problems. */
  readonly missing?: { readonly kind: 'mapping' | 'profile' | 'role' | 'table'; readonly name: string };
}

/** `assets/flows/x.yaml:12:5: expected ...`: editors and terminals turn the position into a link. */
export function formatProblem(problem: AssetProblem): string {
  return `${problem.path}:${problem.line}:${problem.column}: ${problem.message}`;
}

/** `expected one of "a", "b"; got "x" (did you mean "a"?)`. */
export function expectedOneOf(got: string, allowed: readonly string[]): string {
  const list = allowed.map((name) => `"${name}"`).join(', ');
  return `expected one of ${list}; got "${got}"${didYouMean(got, allowed)}`;
}

/** ` (did you mean "x"?)` for the nearest allowed name that differs in only a few letters; else an empty text. */
export function didYouMean(got: string, allowed: readonly string[]): string {
  const near = allowed
    .map((name) => ({ name, distance: editDistance(got.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(2, Math.floor(name.length / 3)))
    .sort((a, b) => a.distance - b.distance)[0];
  return near ? ` (did you mean "${near.name}"?)` : '';
}

/** Levenshtein distance. Both texts are names and therefore short. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
