import { application } from './application.js';
import { cashReceipt } from './cash-receipt.js';
import { customer } from './customer.js';
import type { SlDocumentKind } from './document-kind.js';
import { creditMemo, invoice, refundPayment } from './invoice.js';
import { journal } from './journal.js';

/** The kinds of documents that SL takes. */
export const documentKinds: ReadonlyMap<string, SlDocumentKind> = new Map(
  [customer, cashReceipt, invoice, creditMemo, refundPayment, application, journal].map((one) => [one.kind, one]),
);
