import { visibleText } from '../format/text.js';

/** Labels by the values that recon sends. */
export type Labels = Readonly<Record<string, string>>;

/** The label of a value. A value without a label is shown unchanged, a missing value as `absent`. */
export function labelOf(labels: Labels, word: string | null, absent = 'Not known'): string {
  if (word === null) return absent;
  return Object.hasOwn(labels, word) ? (labels[word] ?? absent) : `Unknown: ${visibleText(word, 40)}`;
}

/** The label of a value that came over the wire, or the value itself, at most `limit` characters of it. */
export function wordOf(labels: Labels, word: string, limit = 40): string {
  return Object.hasOwn(labels, word) ? (labels[word] ?? '') : visibleText(word, limit);
}

interface Props {
  readonly labels: Labels;
  readonly word: string | null;
  readonly absent?: string;
  readonly title?: string | null;
  readonly suffix?: string;
}

/** A state as a coloured label. Only known states have a colour. */
export function Chip({ labels, word, absent, title, suffix }: Props) {
  const known = word !== null && Object.hasOwn(labels, word);
  return (
    <span className={known ? `chip ${word}` : 'chip unknown'} title={title ? visibleText(title) : undefined}>
      {labelOf(labels, word, absent)}
      {suffix}
    </span>
  );
}
