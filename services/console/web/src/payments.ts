import { useEffect, useState } from 'react';
import type { EventState, Payment, Snapshot } from './api.js';
import { fetchPayments } from './api.js';

const refreshMs = 2_000;

/** The newest payments: from the live snapshot, or, under a filter, asked for while the page is open. */
export function usePayments(
  snapshot: Snapshot | undefined,
  filter: EventState | undefined,
): { payments: readonly Payment[] | undefined; error: string | undefined } {
  const [filtered, setFiltered] = useState<readonly Payment[]>();
  const [error, setError] = useState<string>();

  useEffect(() => {
    if (filter === undefined) return;
    const abort = new AbortController();
    const load = (): void => {
      fetchPayments(filter, abort.signal).then(
        (page) => {
          setFiltered(page.payments);
          setError(undefined);
        },
        (reason: unknown) => {
          if (!abort.signal.aborted) setError(reason instanceof Error ? reason.message : String(reason));
        },
      );
    };
    load();
    const timer = setInterval(load, refreshMs);
    return () => {
      abort.abort();
      clearInterval(timer);
      setFiltered(undefined);
      setError(undefined);
    };
  }, [filter]);

  return filter === undefined ? { payments: snapshot?.payments, error: undefined } : { payments: filtered, error };
}
