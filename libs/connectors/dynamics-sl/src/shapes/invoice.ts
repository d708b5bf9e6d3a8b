import type { ErpDocumentShape } from '@tributary/contracts';
import { amount, custom, day, keyMark, period, required, sourceId, text } from './fields.js';

/** The header of an invoice or memo (ARDoc). Amounts are positive: the type gives the sign. */
const headFields: ErpDocumentShape['fields'] = {
  CustId: required(text(15, 'Customer; from the posting of the customer, or of a payment of the same customer.')),
  DocType: required(text(2, '`IN` invoice, `DM` debit memo, `CM` credit memo.')),
  RefNbr: text(10, 'Number of the document: short form of the posting key.'),
  DocDate: required(day('Date of the document.')),
  DueDate: day('Date on which it is due.'),
  PerPost: period,
  Terms: text(2, 'Payment terms.'),
  CuryId: required(text(4, 'Currency of the document; also of its batch.')),
  CuryOrigDocAmt: required(amount('Sum of its lines.')),
  CustOrdNbr: text(25, 'Order number of the customer.'),
  DocDesc: text(30, 'Description.'),
  User1: sourceId,
  User2: keyMark,
  User5: text(10, 'Free for the site.'),
  User6: text(10, 'Free for the site, too.'),
};

const lines: NonNullable<ErpDocumentShape['lines']> = {
  ARTran: {
    Acct: required(text(10, 'Account that the line is posted to.')),
    Sub: required(text(24, 'Its subaccount.')),
    CuryTranAmt: required(amount('Amount of the line, positive.')),
    TranDesc: text(30, 'What the line is for.'),
    InvtId: text(30, 'Item.'),
    User1: text(30, 'Free for the site.'),
  },
};

const shapeOf = (kind: string): ErpDocumentShape => ({ name: `dynamics-sl/${kind}`, kind, fields: headFields, lines, custom });

/** An invoice of what was sold (08.010, IN). */
export const invoiceShape = shapeOf('invoice');
/** What is taken off the account of a customer (08.010, CM). */
export const creditMemoShape = shapeOf('credit-memo');
/** Money that left the clearing account for a customer: a debit memo whose line stands on that account (08.010, DM). */
export const refundPaymentShape = shapeOf('refund-payment');
