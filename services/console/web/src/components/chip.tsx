import { visibleText } from '../format/text.js';

/** Labels of a fixed list of words: what people read for what recon says. */
export type Labels = Readonly<Record<string, string>>;

/** The label of a word; a word that the page does not know is shown as it is, and a missing one as `absent`. */
export function labelOf(labels: Labels, word: string | null, absent = 'Not known'): string {
  if (word === null) return absent;
  return Object.hasOwn(labels, word) ? (labels[word] ?? absent) : `Unknown: ${visibleText(word, 40)}`;
}

interface Props {
  readonly labels: Labels;
  readonly word: string | null;
  readonly absent?: string;
  readonly title?: string | null;
  readonly suffix?: string;
}

/** A state as a coloured word. Colours are known for known words only. */
export function Chip({ labels, word, absent, title, suffix }: Props) {
  const known = word !== null && Object.hasOwn(labels, word);
  return (
    <span className={known ? `chip ${word}` : 'chip unknown'} title={title ? visibleText(title) : undefined}>
      {labelOf(labels, word, absent)}
      {suffix}
    </span>
  );
}
