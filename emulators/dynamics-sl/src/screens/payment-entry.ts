import { Refusal } from '../answers.js';
import { same } from '../data/rows.js';
import { checkAccount } from '../ledger/entry.js';
import { paymentTypes } from '../ledger/document-types.js';
import type { DocumentScreen } from './document-entry.js';
import { documentOperations } from './invoice-and-memo.js';

/** Payment entry, 08.050: docs/reference/dynamics-sl.md sections 1 and 5.5 [verified]. */
const screen: DocumentScreen = {
  module: 'AR',
  number: '08050',
  jrnlType: 'AR',
  types: paymentTypes,
  checkDocument: (doc, call, transaction) => {
    // BankAcct and BankSub are required: section 5.5 [verified].
    if (!doc.BankAcct || !doc.BankSub) throw new Refusal('BankAcct and BankSub are required.');
    checkAccount(doc.BankAcct, doc.BankSub, doc.CuryId, call.config.baseCurrency, transaction);
  },
  checkLine: (line, doc) => {
    // The line's SiteId is the RefNbr of the payment itself: section 5.5 [verified]; that an empty one is taken too is assumed.
    if (line.SiteId && !same(line.SiteId, doc.RefNbr))
      throw new Refusal(`SiteId '${String(line.SiteId)}' of the line is not reference number ${String(doc.RefNbr)}.`);
  },
};

/** Operations of the service. */
export const paymentEntry = documentOperations(screen);
