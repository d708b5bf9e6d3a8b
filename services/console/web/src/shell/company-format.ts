import { useEffect, useState } from 'react';
import { setCompanyFormat } from '../format/company-format.js';
import { readRecord, readText } from '../recon/read-value.js';
import { getJson } from './http.js';

/** Reads the company's format once, and draws the page again with it. An older recon does not tell any. @param mayRead false: whoever reads may not, or is not signed in. */
export function useCompanyFormat(mayRead: boolean): void {
  const [, drawAgain] = useState(0);
  useEffect(() => {
    if (!mayRead) return;
    const abort = new AbortController();
    getJson('/company-format', abort.signal).then(
      (value) => {
        const { locale, timeZone } = readRecord(value);
        setCompanyFormat({ locale: readText(locale), timeZone: readText(timeZone) });
        drawAgain((drawn) => drawn + 1);
      },
      () => undefined, // without it, the page is readable in the default format
    );
    return () => abort.abort();
  }, [mayRead]);
}
