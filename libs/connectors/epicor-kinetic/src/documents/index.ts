import { application } from './application.js';
import { cashReceipt } from './cash-receipt.js';
import { customer } from './customer.js';
import type { KineticDocumentKind } from './document-kind.js';
import { creditMemo, invoice, refundPayment } from './invoice.js';
import { journal } from './journal.js';

const kinds: readonly KineticDocumentKind[] = [customer, cashReceipt, invoice, creditMemo, refundPayment, application, journal];

/** The kinds of documents that Kinetic takes, by name. */
export const documentKinds: ReadonlyMap<string, KineticDocumentKind> = new Map(kinds.map((kind) => [kind.kind, kind]));
