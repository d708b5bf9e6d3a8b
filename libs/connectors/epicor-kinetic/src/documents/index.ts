import { cashReceipt } from './cash-receipt.js';
import { customer } from './customer.js';
import type { KineticDocumentKind } from './document-kind.js';

const kinds: readonly KineticDocumentKind[] = [customer, cashReceipt];

/** The kinds of documents that Kinetic takes, by name. */
export const documentKinds: ReadonlyMap<string, KineticDocumentKind> = new Map(kinds.map((kind) => [kind.kind, kind]));
