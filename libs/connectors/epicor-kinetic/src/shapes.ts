import type { ErpDocumentShape } from '@tributary/contracts';
import { applicationShape } from './shapes/application.js';
import { bankTransferShape } from './shapes/bank-transfer.js';
import { cashReceiptShape } from './shapes/cash-receipt.js';
import { customerShape } from './shapes/customer.js';
import { creditMemoShape, invoiceShape, refundPaymentShape } from './shapes/invoice.js';
import { journalShape } from './shapes/journal.js';

export {
  applicationShape,
  bankTransferShape,
  cashReceiptShape,
  creditMemoShape,
  customerShape,
  invoiceShape,
  journalShape,
  refundPaymentShape,
};

/** The shapes of all documents of Kinetic. Pure: read by the mapping language. */
export const shapes: readonly ErpDocumentShape[] = [
  customerShape,
  cashReceiptShape,
  invoiceShape,
  creditMemoShape,
  refundPaymentShape,
  applicationShape,
  journalShape,
  bankTransferShape,
];
