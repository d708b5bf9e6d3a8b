import type { ErpDocumentShape } from '@tributary/contracts';
import { amount, custom, day, lineKey, postingKey, required, text } from './fields.js';

const journals = 'docs/reference/epicor-kinetic.md section 6.7';
const assumed = `${journals}; length assumed, check $metadata`;

/** A journal of the general ledger. */
export const journalShape: ErpDocumentShape = {
  name: 'epicor-kinetic/journal',
  kind: 'journal',
  fields: {
    JEDate: required(day('Date of the journal; also of its group.', journals)),
    CurrencyCode: { ...required(text(4, 'Currency of all its lines.')), destination: 'journal and group: one currency per group' },
    Description: required(text(30, 'What the journal is for.', assumed)),
    CommentText: text(1_000, 'Text for people.', assumed),
    StripePostingKey_c: postingKey,
  },
  lines: {
    GLJrnDtlMnl: {
      GLAccount: required(text(200, 'Account.')),
      DebitAmount: amount('Debit in the currency of the journal; a line has a debit or a credit.'),
      CreditAmount: amount('Credit in the currency of the journal.'),
      Description: text(30, 'What the line is for.', assumed),
      CommentText: text(1_000, 'Text for people.', assumed),
      StripeLineKey_c: lineKey,
    },
  },
  custom,
};
