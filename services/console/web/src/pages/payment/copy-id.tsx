import { useState } from 'react';
import { visibleText } from '../../format/text.js';

/** An id with a button that copies it exactly as it is. */
export function CopyId({ value }: { readonly value: string }) {
  const [said, setSaid] = useState('');
  const copy = (): void =>
    void Promise.resolve()
      .then(() => navigator.clipboard.writeText(value))
      .then(
        () => setSaid('Copied'),
        () => setSaid('Select it and copy'),
      );
  return (
    <span className="copy-id">
      <code>{visibleText(value)}</code>{' '}
      <button type="button" className="quiet" onClick={copy} aria-label={`Copy ${visibleText(value, 60)}`}>
        {said === '' ? 'Copy' : said}
      </button>
      <span className="hidden" role="status">
        {said}
      </span>
    </span>
  );
}
