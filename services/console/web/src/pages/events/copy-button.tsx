import { useCopy } from '../../components/use-copy.js';

/** Copies a text that is shown below. */
export function CopyButton({ text }: { readonly text: string }) {
  const { said, copy } = useCopy(text);
  return (
    <>
      <button type="button" onClick={copy}>
        Copy
      </button>{' '}
      <span className="muted" role="status">
        {said}
      </span>
    </>
  );
}
