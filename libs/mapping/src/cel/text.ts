/** Splits text into characters as readers see them: an emoji family, a flag or a letter with its accents counts as one. */
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * At most `length` characters, cut between two graphemes and without white space at the end. Null when not even the first grapheme fits.
 * Lengths count UTF-16 code units, like the `nvarchar` columns of SQL Server in which the ERPs store text.
 */
export function truncated(text: string, length: number): string | null {
  if (text.length <= length) return text;
  let end = 0;
  for (const { index, segment } of graphemes.segment(text)) {
    if (index + segment.length > length) break;
    end = index + segment.length;
  }
  return text.slice(0, end).trimEnd() || null;
}
