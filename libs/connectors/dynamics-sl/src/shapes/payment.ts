import type { ErpDocumentShape } from '@tributary/contracts';
import { amount, custom, day, keyMark, period, required, sourceId, text } from './fields.js';

const payments = 'docs/reference/dynamics-sl.md section 5.5';

/** A payment on account (08.050). */
export const cashReceiptShape: ErpDocumentShape = {
  name: 'dynamics-sl/cash-receipt',
  kind: 'cash-receipt',
  fields: {
    CustId: required(text(15, 'Customer; from the posting of the customer.')),
    RefNbr: text(10, 'Number of the payment: short form of the posting key.'),
    DocDate: required(day('Date of the payment.', payments)),
    PerPost: period,
    CuryId: required(text(4, 'Currency of the payment; also of its batch.')),
    CuryOrigDocAmt: required(amount('Amount in that currency, gross of fees.')),
    BankAcct: required(text(10, 'Account that the money is on.')),
    BankSub: required(text(24, 'Its subaccount.')),
    DocDesc: text(30, 'Description.'),
    PmtMethod: text(1, 'Payment method of the company.'),
    CustOrdNbr: text(25, 'Order number of the customer.'),
    User1: sourceId,
    User2: keyMark,
    SettledAmt: {
      ...amount('What Stripe settled, where that is in another currency: the rate of the payment is the ratio of the two amounts.'),
      destination: 'CuryRate; User3 keeps it',
    },
    SettledCuryId: {
      ...text(4, 'Currency of that amount: the one of the ledger.'),
      destination: 'User5',
    },
  },
  custom,
};

/** A payment or a memo applied to a document (08.030). */
export const applicationShape: ErpDocumentShape = {
  name: 'dynamics-sl/application',
  kind: 'application',
  fields: {
    CustId: required(text(15, 'Customer of both documents; from the posting of the document that is paid.', payments)),
    DocType: required(
      text(2, '`PA` payment or `CM` credit memo: the document that pays. That a memo may stand here is assumed.', payments),
    ),
    RefNbr: required(text(10, 'Number of the document that pays; from its posting.', payments)),
    PaidRefNbr: {
      ...required(text(10, 'Number of the document that is paid; from its posting.', payments)),
      destination: 'ARTran.SiteId',
    },
    PaidDocType: { ...required(text(2, '`IN` or `DM`.', payments)), destination: 'ARTran.CostType' },
    DocDate: required(day('Date of the application.', payments)),
    PerPost: period,
    CuryId: required(text(4, 'Currency of both documents.', payments)),
    CuryTranAmt: { ...required(amount('Amount, positive.')), destination: 'ARTran.CuryTranAmt' },
    User1: sourceId,
    User2: keyMark,
  },
  custom,
};
