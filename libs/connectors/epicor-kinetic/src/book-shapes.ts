import type { ErpDocumentShape, ErpField } from '@tributary/contracts';

/** Invoices, credit memos, their application, journals and bank transfers of Epicor Kinetic. */
const invoiceRow = 'docs/reference/epicor-kinetic.md section 6.4; length assumed, check $metadata';
const cashRow = 'docs/reference/epicor-kinetic.md section 6.5 and section 6.6; length assumed, check $metadata';
const journalRow = 'docs/reference/epicor-kinetic.md section 6.7; length assumed, check $metadata';
const bankRow = 'docs/reference/epicor-kinetic.md section 6.7 (BankFundTranSvc); names and lengths assumed, check $metadata';

const text = (maxLength: number, says: string, source: string): ErpField => ({ type: 'text', maxLength, says, source });
const userDefined = (says: string): ErpField =>
  text(100, says, 'docs/reference/epicor-kinetic.md section 6.1 (UD fields); length is what our installation guide asks for');
const amount = (says: string, source: string): ErpField => ({ type: 'decimal', digits: [14, 3], says, source });
const number = (says: string, source: string): ErpField => ({ type: 'integer', says, source });
const day = (says: string, source: string): ErpField => ({ type: 'date', says, source });
const required = (field: ErpField): ErpField => ({ ...field, required: true });

const custom = {
  pattern: /^[A-Za-z][A-Za-z0-9]*_c$/,
  maxLength: 1_000,
  source: 'docs/reference/epicor-kinetic.md section 6.1: user-defined columns end in _c',
};
const postingKey = userDefined('The whole posting key: by it the document is found again (I3).');
const lineKey = userDefined('Handle of the row: by it the row is found again.');
const externalId = text(20, 'Short form of the posting key.', 'docs/reference/epicor-kinetic.md section 4.4');

const invoiceFields = {
  InvoiceType: required(text(3, '`Mis`: an invoice without an order.', 'docs/reference/epicor-kinetic.md section 6.4')),
  CreditMemo: { type: 'boolean', says: 'Immutable once it is saved.', source: 'docs/reference/epicor-kinetic.md section 6.6' },
  CMReason: text(10, 'Reason code of a credit memo.', 'docs/reference/epicor-kinetic.md section 6.6; length assumed, check $metadata'),
  CustNum: required(number('Number of the customer.', invoiceRow)),
  InvoiceRef: number(
    'Invoice that is credited; for information, the balance moves by application.',
    'docs/reference/epicor-kinetic.md section 6.6',
  ),
  InvoiceDate: required(day('Date of the document.', invoiceRow)),
  ApplyDate: required(day('Posting date.', invoiceRow)),
  TermsCode: required(text(4, 'Payment terms.', invoiceRow)),
  CurrencyCode: required(text(4, 'Document currency.', invoiceRow)),
  PONum: text(50, 'Reference of the order.', invoiceRow),
  Description: text(30, 'Text of the document.', invoiceRow),
  ExternalID: externalId,
  StripeRefundID_c: userDefined('Id of the Stripe refund.'),
  StripeChargeID_c: userDefined('Id of the Stripe charge.'),
  StripePostingKey_c: postingKey,
} satisfies Record<string, ErpField>;

const invoiceLines = {
  InvcDtl: {
    PartNum: text(50, 'Part; need not exist.', invoiceRow),
    LineDesc: required(text(1_000, 'Text of the line.', invoiceRow)),
    SellingShipQty: required({ type: 'decimal', digits: [14, 8], says: 'Quantity.', source: invoiceRow }),
    DocUnitPrice: required({
      type: 'decimal',
      digits: [12, 5],
      says: 'Price of one in document currency; positive, a credit memo is stored with a negative sign.',
      source: 'docs/reference/epicor-kinetic.md section 4.4: (17,5)',
    }),
    StripeLineKey_c: lineKey,
  },
  InvcDtlTGLC: {
    GLAccount: required(
      text(200, 'Account of the row of InvcDtl that has the same handle.', 'docs/reference/epicor-kinetic.md section 4.4; use assumed'),
    ),
  },
} satisfies NonNullable<ErpDocumentShape['lines']>;

const invoiceLike = (kind: string): ErpDocumentShape => ({
  name: `epicor-kinetic/${kind}`,
  kind,
  fields: invoiceFields,
  lines: invoiceLines,
  custom,
});

/** An invoice without an order, in an invoice group. */
export const invoiceShape = invoiceLike('invoice');
/** A credit memo, in an invoice group. */
export const creditMemoShape = invoiceLike('credit-memo');
/** The payment of a refund: an invoice whose line stands on the clearing account, so that the AR control account keeps equal to its sub-ledger. */
export const refundPaymentShape = invoiceLike('refund-payment');

/** A credit, or the rest of a receipt, applied to an invoice; in a cash group. */
export const applicationShape: ErpDocumentShape = {
  name: 'epicor-kinetic/application',
  kind: 'application',
  fields: {
    CMInvoiceNum: number('Credit memo that is applied.', cashRow),
    CashGroupID: {
      ...text(9, 'Group of the receipt whose rest is applied.', cashRow),
      goesTo: 'the search for the credit memo of its rest',
    },
    CashHeadNum: { ...number('Number of that receipt.', cashRow), goesTo: 'the search for the credit memo of its rest' },
    InvoiceNum: required(number('Invoice that it is applied to.', cashRow)),
    DocTranAmt: required(amount('Amount in document currency.', cashRow)),
    CurrencyCode: required(text(4, 'Document currency.', cashRow)),
    TranDate: required(day('Date; also of its group.', cashRow)),
    Reference: text(50, 'Free reference.', cashRow),
    ExternalID: externalId,
    StripePostingKey_c: postingKey,
  },
  custom,
};

/** An entry in the general ledger, in a journal group. */
export const journalShape: ErpDocumentShape = {
  name: 'epicor-kinetic/journal',
  kind: 'journal',
  fields: {
    JEDate: required(day('Posting date; also of its group.', journalRow)),
    Description: required(text(30, 'Text of the entry.', journalRow)),
    CurrencyCode: required(text(4, 'Currency of all lines.', journalRow)),
    CommentText: text(1_000, 'Longer text.', journalRow),
    StripePostingKey_c: postingKey,
  },
  lines: {
    GLJrnDtlMnl: {
      GLAccount: required(text(200, 'Account.', 'docs/reference/epicor-kinetic.md section 4.4')),
      DebitAmount: amount('Amount on the debit side.', journalRow),
      CreditAmount: amount('Amount on the credit side.', journalRow),
      Description: text(30, 'Text of the line.', journalRow),
      CommentText: text(1_000, 'Longer text.', journalRow),
      StripeLineKey_c: lineKey,
    },
  },
  custom,
};

/** Money moved between two bank accounts: a journal that keeps the bank sub-ledger whole. */
export const bankTransferShape: ErpDocumentShape = {
  name: 'epicor-kinetic/bank-transfer',
  kind: 'journal',
  fields: {
    TranDate: required(day('Posting date.', bankRow)),
    BankAcctID: required(text(10, 'Bank account that the money leaves.', bankRow)),
    ToBankAcctID: required(text(10, 'Bank account that gets it.', bankRow)),
    DocTranAmt: required(amount('Positive amount.', bankRow)),
    CurrencyCode: required(text(4, 'Currency of both accounts.', bankRow)),
    TranRef: text(40, 'Free reference.', bankRow),
    StripePostingKey_c: postingKey,
  },
  custom,
};

/** Shapes of the documents that make up the books, beside customers and receipts. */
export const bookShapes: readonly ErpDocumentShape[] = [
  invoiceShape,
  creditMemoShape,
  refundPaymentShape,
  applicationShape,
  journalShape,
  bankTransferShape,
];
