import { cashReceipt } from './cash-receipt.js';
import { creditMemo } from './credit-memo.js';
import { customer } from './customer.js';
import type { P21DocumentKind } from './document-kind.js';
import { journal } from './journal.js';

const kinds: readonly P21DocumentKind[] = [customer, cashReceipt, creditMemo, journal];

/** The kinds of documents that P21 takes, by name. */
export const documentKinds: ReadonlyMap<string, P21DocumentKind> = new Map(kinds.map((kind) => [kind.kind, kind]));
