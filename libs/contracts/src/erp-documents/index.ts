import { kineticCashReceipt, kineticCustomer } from './epicor-kinetic.js';
import type { ErpDocumentShape } from './shape.js';
import { stripeMetadata } from './stripe.js';

export { checkDocument, fieldOf } from './shape.js';
export type { DocumentProblem, ErpDocumentShape, ErpField, ErpFieldType, ErpFieldValue } from './shape.js';

/** Every document shape by its name: what PostingRequested.shape refers to. */
export const erpDocumentShapes: Readonly<Record<string, ErpDocumentShape>> = Object.fromEntries(
  [kineticCustomer, kineticCashReceipt, stripeMetadata].map((shape) => [shape.name, shape]),
);
