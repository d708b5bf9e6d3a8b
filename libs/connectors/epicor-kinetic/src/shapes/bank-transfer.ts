import type { ErpDocumentShape } from '@tributary/contracts';
import { amount, custom, day, postingKey, required, text } from './fields.js';

const transfers = 'docs/reference/epicor-kinetic.md section 6.8; length assumed, check $metadata';

/** Money on its way from one bank account to another: a journal as Kinetic keeps it where bank reconciliation has to see it. */
export const bankTransferShape: ErpDocumentShape = {
  name: 'epicor-kinetic/bank-transfer',
  kind: 'journal',
  fields: {
    BankAcctID: required(text(10, 'Account that the money leaves.', transfers)),
    ToBankAcctID: required(text(10, 'Account that it arrives at.', transfers)),
    TranDate: required(day('Date of the transfer.', transfers)),
    CurrencyCode: required(text(4, 'Currency of the account that it leaves.')),
    DocTranAmt: required(amount('Amount in the currency of the account that it leaves.')),
    ToDocTranAmt: amount('Amount in the currency of the account that it arrives at, where that is another one.'),
    TranRef: text(40, 'Reference, for example the payout.', transfers),
    StripePostingKey_c: postingKey,
  },
  custom,
};
