/** Values that the card-number guard masked in one raw fact: the content of the header `tributary_masked`. */
export interface MaskedFields {
  /** Number of masked values; exact, also when not every field is named. */
  readonly count: number;
  /** Fields of the Stripe event that hold a masked value, `data.object.description`; at most 20, each named once. */
  readonly paths: readonly string[];
}

const maxNamedPaths = 20;
const maxPathLength = 120;

/**
 * The header text for masked values: `2: data.object.description, data.object.metadata.note`.
 * Characters of a path outside printable ASCII, and commas, become `?`, so that the text can be split at commas.
 * @param paths one entry per masked value; a field with two card numbers appears twice.
 */
export function formatMaskedFields(paths: readonly string[]): string {
  const named = [...new Set(paths.map((path) => path.slice(0, maxPathLength).replace(/[^\x20-\x7e]|,/g, '?')))];
  return `${paths.length}: ${named.slice(0, maxNamedPaths).join(', ')}`;
}

/** Reads the header `tributary_masked`. Never throws: a text of another form counts as one masked value in an unnamed field. */
export function parseMaskedFields(text: string): MaskedFields {
  const [, count, named] = /^(\d{1,9}): (.*)$/s.exec(text) ?? [];
  if (count === undefined || named === undefined) return { count: 1, paths: [] };
  return { count: Number(count), paths: named.split(', ').filter((path) => path !== '') };
}
