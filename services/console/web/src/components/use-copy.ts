import { useState } from 'react';

/** Copies a text. @returns what was said about the last attempt, and the copying itself. */
export function useCopy(text: string): { readonly said: string; readonly copy: () => void } {
  const [said, setSaid] = useState('');
  const copy = (): void =>
    void Promise.resolve()
      .then(() => navigator.clipboard.writeText(text))
      .then(
        () => setSaid('Copied.'),
        () => setSaid('The browser does not allow copying: select the text and copy it.'),
      );
  return { said, copy };
}
