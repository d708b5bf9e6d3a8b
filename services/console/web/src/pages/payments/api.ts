import { readPaymentPage } from '../../recon/read.js';
import type { ListPage } from '../../recon/read.js';
import type { Payment } from '../../recon/shapes.js';
import { hrefOf } from '../../shell/address.js';
import { useRecon } from '../../shell/query.js';
import type { Answer } from '../../shell/query.js';
import type { Filters } from './filters.js';

/** Rows per request. */
export const pageSize = 50;

/** The path of a list in recon's API. */
export function listPath({ standing, state, reconciliation, currency, after }: Filters): string {
  return hrefOf('/payments', { standing, state, reconciliation, currency, limit: String(pageSize), after });
}

/** The payments of a list, newest first. */
export function usePaymentList(filters: Filters): Answer<ListPage<Payment>> {
  return useRecon(listPath(filters), readPaymentPage);
}
