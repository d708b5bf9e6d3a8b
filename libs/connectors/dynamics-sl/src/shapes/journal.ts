import type { ErpDocumentShape } from '@tributary/contracts';
import { amount, custom, day, keyMark, period, required, sourceId, text } from './fields.js';

const journals = 'docs/reference/dynamics-sl.md section 5.6';

/** A journal of the general ledger (01.010). */
export const journalShape: ErpDocumentShape = {
  name: 'dynamics-sl/journal',
  kind: 'journal',
  fields: {
    TranDate: required(day('Date of the journal.', journals)),
    PerPost: period,
    CuryId: required(text(4, 'Currency of all its lines.', journals)),
    RefNbr: { ...text(10, 'Short form of the posting key.', journals), destination: 'GLTran.RefNbr of every line' },
    Descr: { ...text(30, 'Description.'), destination: 'Batch.Descr' },
    User1: sourceId,
    User2: keyMark,
  },
  lines: {
    GLTran: {
      Acct: required(text(10, 'Account.', journals)),
      Sub: required(text(24, 'Its subaccount.', journals)),
      CuryDrAmt: amount('Debit; either this or CuryCrAmt.'),
      CuryCrAmt: amount('Credit.'),
      TranDesc: text(30, 'Text of the line.'),
      ExtRefNbr: text(15, 'Free reference.'),
      User1: text(30, 'Free for the site.'),
    },
  },
  custom,
};
