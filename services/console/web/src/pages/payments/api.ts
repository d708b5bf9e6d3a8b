import { useEffect, useState } from 'react';
import { readPaymentPage } from '../../recon/read.js';
import type { ListPage } from '../../recon/read.js';
import type { Payment } from '../../recon/shapes.js';
import { getJson, messageOf } from '../../shell/http.js';
import { hrefOf } from '../../shell/router.js';
import type { Filters } from './filters.js';

/** Rows per request. */
export const pageSize = 50;

/** The path of a list in recon's API. */
export function listPath({ standing, state, reconciliation, currency, after }: Filters): string {
  return hrefOf('/payments', { standing, state, reconciliation, currency, limit: String(pageSize), after });
}

interface PaymentList {
  readonly page: ListPage<Payment> | undefined;
  readonly problem: string | undefined;
}

/**
 * Loads the payments of a list, newest first, and loads them again when `tick` changes, which happens when figures have changed. While
 * newer rows of the same list are loading, or cannot be loaded, the old rows stay visible.
 */
export function usePaymentList(filters: Filters, tick: string | null | undefined): PaymentList {
  const path = listPath(filters);
  const [answer, setAnswer] = useState<PaymentList & { readonly path: string }>();

  useEffect(() => {
    const abort = new AbortController();
    getJson(path, abort.signal).then(
      (value) => setAnswer({ path, page: readPaymentPage(value), problem: undefined }),
      (error: unknown) => {
        if (abort.signal.aborted) return;
        setAnswer((before) => ({ path, page: before?.path === path ? before.page : undefined, problem: messageOf(error) }));
      },
    );
    return () => abort.abort();
  }, [path, tick]);

  return answer?.path === path ? answer : { page: undefined, problem: undefined };
}
