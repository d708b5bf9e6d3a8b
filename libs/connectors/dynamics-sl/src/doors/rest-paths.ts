import type { SlAction, SlService } from './door.js';

const receivables = 'financial/accountsReceivable';
const folders: Readonly<Record<Exclude<SlService, 'customerMaintenance' | 'quickQuery'>, string>> = {
  invoiceAndMemo: `${receivables}/invoiceAndMemo`,
  paymentEntry: `${receivables}/paymentEntry`,
  paymentApplication: `${receivables}/paymentApplication`,
  journalTransactions: 'financial/generalLedger/journalTransactions',
};
const customers = `/api/${receivables}/customer`;

/** Method and path of a REST call. Source: docs/reference/dynamics-sl.md sections 2.1 and 2.4. */
export interface RestCall {
  readonly method: 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
}

/** The call that stores or releases. @param custId of the customer that is changed. */
export function restCallOf(service: SlService, action: SlAction, custId = ''): RestCall {
  if (service === 'quickQuery') return { method: 'POST', path: '/api/quickQuery' };
  if (service === 'customerMaintenance')
    return action === 'ADD' ? { method: 'POST', path: customers } : { method: 'PATCH', path: `${customers}/${encodeURIComponent(custId)}` };
  if (action === 'RELEASENOW') return { method: 'POST', path: `/api/${folders[service]}/editScreen/${action}` };
  return { method: action === 'ADD' ? 'POST' : 'PUT', path: `/api/${folders[service]}/screen` };
}

/** The path by which a service shows in swagger. */
export function sampleOf(service: SlService): RestCall {
  const { method, path } = restCallOf(service, 'ADD');
  return service === 'quickQuery' ? { method, path: `${path}/{}` } : { method, path };
}
