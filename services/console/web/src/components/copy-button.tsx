import { useCopy } from './use-copy.js';

/** Copies a text that is shown beside it. @param label says which, where there are several. */
export function CopyButton({ text, label }: { readonly text: string; readonly label?: string }) {
  const { said, copy } = useCopy(text);
  return (
    <>
      <button type="button" aria-label={label} onClick={copy}>
        Copy
      </button>{' '}
      <span className="muted" role="status">
        {said}
      </span>
    </>
  );
}
