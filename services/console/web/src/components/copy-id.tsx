import type { ReactNode } from 'react';
import { visibleText } from '../format/text.js';
import { useCopy } from './use-copy.js';

const shownForMs = 1_500;

/** An id with a button that copies it, exactly as it is. @param children what is shown for it; absent: the id. */
export function CopyId({ id, children }: { readonly id: string; readonly children?: ReactNode }) {
  return (
    <span className="copy-id">
      {children ?? <code>{visibleText(id)}</code>}
      <CopyButton id={id} />
    </span>
  );
}

function CopyButton({ id }: { readonly id: string }) {
  const { result, said, copy } = useCopy(id, shownForMs);
  return (
    <button
      type="button"
      className={result === undefined ? 'copy' : 'copy said'}
      aria-label={`Copy ${visibleText(id, 60)}`}
      title="Copy"
      onClick={copy}
    >
      {result === undefined ? <Sheets /> : <span aria-hidden="true">{result === 'copied' ? '✓' : '✗'}</span>}
      <span className="hidden" role="status">
        {said}
      </span>
    </button>
  );
}

/** Two sheets, one over the other: drawn, because not every font has such a sign. */
function Sheets() {
  return (
    <svg viewBox="0 0 16 16" width="14" height="14" fill="none" stroke="currentColor" strokeWidth="1.4" aria-hidden="true">
      <rect x="5.5" y="5.5" width="8" height="9" rx="1.5" />
      <path d="M10.5 5.5v-2A1.5 1.5 0 0 0 9 2H4a1.5 1.5 0 0 0-1.5 1.5v6A1.5 1.5 0 0 0 4 11h1.5" />
    </svg>
  );
}
