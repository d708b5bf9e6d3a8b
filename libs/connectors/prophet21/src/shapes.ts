import type { ErpDocumentShape } from '@tributary/contracts';
import { cashReceiptShape } from './shapes/cash-receipt.js';
import { creditMemoShape } from './shapes/credit-memo.js';
import { customerShape } from './shapes/customer.js';
import { journalShape } from './shapes/journal.js';

export { cashReceiptShape, creditMemoShape, customerShape, journalShape };

/** The shapes of all documents of Prophet 21. Pure: read by the mapping language. */
export const shapes: readonly ErpDocumentShape[] = [customerShape, cashReceiptShape, creditMemoShape, journalShape];
