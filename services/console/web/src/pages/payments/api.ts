import { addressOf } from '../../api/address.js';
import { readPaymentPage, readSum } from '../../recon/read.js';
import type { ListPage } from '../../recon/read.js';
import type { Payment, Sum } from '../../recon/shapes.js';
import { usePageSize } from '../../shell/page-size.js';
import { useRead } from '../../shell/query.js';
import type { Answer } from '../../shell/query.js';
import type { Filters } from './filters.js';

/** The path of the whole list as a file. */
export function filePath({ q: _here, after: _page, before: _other, ...filters }: Filters): string {
  return addressOf('/api/payments.csv', filters);
}

/** Count and amounts of the whole list, of all its pages. @param enabled false where they are known already. */
export function useTotals({ q: _here, after: _page, before: _other, ...filters }: Filters, enabled: boolean): Sum | undefined {
  return useRead('/api/payments/totals', filters, readSum, { enabled }).data;
}

/** The payments of a list, newest first. */
export function usePaymentList({ q: _here, ...filters }: Filters): Answer<ListPage<Payment>> {
  return useRead('/api/payments', { ...filters, limit: String(usePageSize()) }, readPaymentPage);
}
