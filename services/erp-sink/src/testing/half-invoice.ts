import type { StoredRequest } from '../emit/ledger/ledger-row.js';
import { aReceipt, asked } from './makers.js';

/** Posting key of {@link anInvoiceOfTwoLines}. */
export const halfInvoiceKey = 'fake-main/invoice/in_1';

/** A request for an invoice of two lines, the second of which the ERP may refuse. */
export function anInvoiceOfTwoLines(digest = 'invoice'): StoredRequest {
  const lines = ['l1', 'l2'].map((key) => ({ table: 'InvcDtl', key, fields: { Amount: '5.25' } }));
  return asked(aReceipt('in_1', { postingKey: halfInvoiceKey, kind: 'invoice', shape: 'fake/invoice', digest, lines }));
}
