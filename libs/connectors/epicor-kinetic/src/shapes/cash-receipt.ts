import type { ErpDocumentShape } from '@tributary/contracts';
import { amount, custom, postingKey, text, userDefined } from './fields.js';

const cashHeadRow = 'docs/reference/epicor-kinetic.md section 6.5; length assumed as Reference, check $metadata';

/** A payment on account. */
export const cashReceiptShape: ErpDocumentShape = {
  name: 'epicor-kinetic/cash-receipt',
  kind: 'cash-receipt',
  fields: {
    CustNum: {
      type: 'integer',
      required: true,
      description: 'Number of the customer; from the posting of the customer.',
      source: 'docs/reference/epicor-kinetic.md section 4.4',
    },
    TranType: { ...text(10, '`PayInv`, `PrePay`, `MisPay`.', cashHeadRow), required: true },
    CheckRef: { ...text(100, 'Reference of the payment. Mandatory, not unique.'), required: true },
    DocTranAmt: {
      type: 'decimal',
      digits: [14, 3],
      required: true,
      description: 'Amount in document currency, gross of fees.',
      source: 'docs/reference/epicor-kinetic.md section 4.4: amounts are numeric (17,3)',
    },
    BankReceiptAmt: {
      ...amount('What the bank account received, in its own currency, where that is not the one of the document: what Stripe settled.'),
      destination: 'BankReceiptAmt, and BankRcptExchangeRate10D as the ratio of the two amounts',
    },
    CurrencyCode: { ...text(4, 'Document currency.'), required: true },
    TranDate: {
      type: 'date',
      required: true,
      description: 'Date of the receipt; also of its group.',
      source: 'docs/reference/epicor-kinetic.md section 6.5',
    },
    BankAcctID: {
      ...text(8, 'Bank account.', 'docs/reference/epicor-kinetic.md section 6.5; length assumed, check $metadata'),
      required: true,
      destination: 'the cash group: one bank account and one date per group',
    },
    Reference: text(50, 'Free reference.'),
    ExternalID: text(20, 'Short form of the posting key, by which the receipt is found again (I3).'),
    PMUID: {
      type: 'integer',
      description: 'Payment method.',
      source: 'docs/reference/epicor-kinetic.md section 6.5; type assumed, check $metadata',
    },
    PayMethodReference: text(50, 'Reference of the payment method, for example brand and last four digits.', cashHeadRow),
    CCTranID: text(50, 'Id of the card transaction.', cashHeadRow),
    StripeChargeID_c: userDefined('Id of the Stripe charge.'),
    StripePaymentIntentID_c: userDefined('Id of the Stripe payment intent.'),
    StripeEventID_c: userDefined('Id of the Stripe event.'),
    StripePostingKey_c: postingKey,
  },
  custom,
};
