import type { ErpDocumentShape } from '@tributary/contracts';
import { customerShape } from './shapes/customer.js';
import { creditMemoShape, invoiceShape, refundPaymentShape } from './shapes/invoice.js';
import { journalShape } from './shapes/journal.js';
import { applicationShape, cashReceiptShape } from './shapes/payment.js';

export { applicationShape, cashReceiptShape, creditMemoShape, customerShape, invoiceShape, journalShape, refundPaymentShape };

/** The shapes of all documents of Dynamics SL. Pure: read by the mapping language. */
export const shapes: readonly ErpDocumentShape[] = [
  customerShape,
  cashReceiptShape,
  invoiceShape,
  creditMemoShape,
  refundPaymentShape,
  applicationShape,
  journalShape,
];
