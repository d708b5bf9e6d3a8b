import { readPaymentPage, readSum } from '../../recon/read.js';
import type { ListPage } from '../../recon/read.js';
import type { Payment, Sum } from '../../recon/shapes.js';
import { useRecon } from '../../shell/query.js';
import { reconPath } from '../../shell/recon-path.js';
import type { Answer } from '../../shell/query.js';
import type { Filters } from './filters.js';

/** Rows per request. */
export const pageSize = 50;

/** The path of a list in recon's API. */
export function listPath({ q: _here, after, before, ...filters }: Filters): string {
  return reconPath('/payments', {}, { ...filters, limit: String(pageSize), after, before });
}

/** The path of the whole list as a file. */
export function filePath({ q: _here, after: _page, before: _other, ...filters }: Filters): string {
  return reconPath('/payments.csv', {}, filters);
}

/** Count and amounts of the whole list, of all its pages. @param enabled false where they are known already. */
export function useTotals({ q: _here, after: _page, before: _other, ...filters }: Filters, enabled: boolean): Sum | undefined {
  return useRecon(reconPath('/payments/totals', {}, filters), readSum, { enabled }).data;
}

/** The payments of a list, newest first. */
export function usePaymentList(filters: Filters): Answer<ListPage<Payment>> {
  return useRecon(listPath(filters), readPaymentPage);
}
