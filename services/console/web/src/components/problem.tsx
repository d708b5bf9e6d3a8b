import { visibleText } from '../format/text.js';

/** What went wrong, where it did; nothing while nothing did. */
export function Problem({ text }: { readonly text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <p className="notice bad" role="alert">
      {visibleText(text, 1_000)}
    </p>
  );
}
