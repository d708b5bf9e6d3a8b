import { useEffect, useState } from 'react';

/** What came of copying. */
export type Copied = 'copied' | 'refused';

const texts: Readonly<Record<Copied, string>> = {
  copied: 'Copied.',
  // Browsers give the clipboard to pages over TLS only.
  refused: 'The browser does not allow copying: select the text and copy it.',
};

interface Copying {
  /** What came of the last attempt. */
  readonly result: Copied | undefined;
  /** The same in words; empty before the first attempt. */
  readonly said: string;
  readonly copy: () => void;
}

/** Copies a text exactly as it is. @param saidForMs after which the result is forgotten; absent: it stays. */
export function useCopy(text: string, saidForMs?: number): Copying {
  const [result, setResult] = useState<Copied>();
  useEffect(() => {
    if (result === undefined || saidForMs === undefined) return;
    const timer = setTimeout(() => setResult(undefined), saidForMs);
    return () => clearTimeout(timer);
  }, [result, saidForMs]);
  const copy = (): void =>
    void Promise.resolve()
      .then(() => navigator.clipboard.writeText(text))
      .then(
        () => setResult('copied'),
        () => setResult('refused'),
      );
  return { result, said: result === undefined ? '' : texts[result], copy };
}
