import { useEffect, useState } from 'react';
import { addressPart, visibleText } from '../../format/text.js';
import { readTrace } from '../../recon/read.js';
import type { Trace } from '../../recon/shapes.js';
import { ApiError, getJson, messageOf } from '../../shell/http.js';

interface Found {
  readonly trace: Trace | undefined;
  readonly problem: string | undefined;
}

/** A charge's captures and their steps; asked for again when `tick` changes. What was found stays when the next answer is an error. */
export function useTrace(id: string, tick: string | null | undefined): Found {
  const [found, setFound] = useState<Found>({ trace: undefined, problem: undefined });
  useEffect(() => {
    const abort = new AbortController();
    getJson(`/payments/${addressPart(id)}`, abort.signal).then(
      (value) => setFound({ trace: readTrace(value), problem: undefined }),
      (error: unknown) => {
        if (abort.signal.aborted) return;
        const unknown = error instanceof ApiError && error.status === 404;
        const problem = unknown ? `No payment is known by the id ${visibleText(id)}.` : messageOf(error);
        setFound((before) => ({ trace: unknown ? undefined : before.trace, problem }));
      },
    );
    return () => abort.abort();
  }, [id, tick]);
  return found;
}
