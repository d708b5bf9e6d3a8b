import type { ErpDocumentShape, ErpField } from '@tributary/contracts';
import { bookShapes } from './book-shapes.js';

/**
 * Documents of Epicor Kinetic. Lengths marked assumed in the reference are the commonly quoted ones: `$metadata` of the server
 * says the true ones.
 */
const lengths = 'docs/reference/epicor-kinetic.md section 4.4';
const customerRow = 'docs/reference/epicor-kinetic.md section 6.1; length assumed as Name, check $metadata';
const cashHeadRow = 'docs/reference/epicor-kinetic.md section 6.5; length assumed as Reference, check $metadata';

const text = (maxLength: number, says: string, source = lengths): ErpField => ({ type: 'text', maxLength, says, source });
/** User-defined fields end in `_c`; the reference knows of no length below 50 for them. */
const userDefined = (says: string): ErpField => ({
  type: 'text',
  maxLength: 100,
  says,
  source: 'docs/reference/epicor-kinetic.md section 6.1 (UD fields); length is what our installation guide asks for',
});
const custom = {
  pattern: /^[A-Za-z][A-Za-z0-9]*_c$/,
  maxLength: 1_000,
  source: 'docs/reference/epicor-kinetic.md section 6.1: user-defined columns end in _c',
};
const matching = 'docs/reference/epicor-kinetic.md section 6.1: an e-mail is not unique; the choice is ours (docs/adr)';
const postingKey = userDefined('The whole posting key: by it the document is found again (I3).');

export const customerShape: ErpDocumentShape = {
  name: 'epicor-kinetic/customer',
  kind: 'customer',
  fields: {
    CustID: { ...text(10, 'Key for people; has to be supplied.'), required: true },
    MatchCustID: {
      ...text(10, 'Hint for the match: the CustID that the merchant keeps in Stripe metadata.'),
      goesTo: 'the search, never a column',
    },
    MatchEmail: {
      ...text(10, '`fill` (default): a match by e-mail fills what is empty; `overwrite`: it changes what is different.', matching),
      goesTo: 'the search, never a column',
    },
    MatchRepeatBuyers: {
      ...text(10, '`link` (default): same e-mail and same name are one customer; `ask`: a person decides.', matching),
      goesTo: 'the search, never a column',
    },
    Name: { ...text(50, 'Name.'), required: true },
    Address1: text(50, 'Address.', customerRow),
    Address2: text(50, 'Address.', customerRow),
    Address3: text(50, 'Address.', customerRow),
    City: text(50, 'City.', customerRow),
    State: text(50, 'State.', customerRow),
    Zip: text(10, 'Postal code.', 'docs/reference/epicor-kinetic.md section 6.1; length assumed, check $metadata'),
    Country: text(50, "Country by the ERP's own name for it.", customerRow),
    PhoneNum: text(20, 'Phone number.', 'docs/reference/epicor-kinetic.md section 6.1; length assumed, check $metadata'),
    EMailAddress: text(50, 'E-mail address. The M is a capital letter; `EmailAddress` does not exist.'),
    CurrencyCode: text(4, 'Currency of the customer.'),
    TermsCode: text(4, 'Payment terms.', 'docs/reference/epicor-kinetic.md section 6.1; length assumed, check $metadata'),
    TerritoryID: text(8, 'Sales territory.', 'docs/reference/epicor-kinetic.md section 6.1; length assumed, check $metadata'),
    SalesRepCode: text(8, 'Salesperson.', 'docs/reference/epicor-kinetic.md section 6.1; length assumed, check $metadata'),
    GroupCode: text(4, 'Customer group.', 'docs/reference/epicor-kinetic.md section 6.1; length assumed, check $metadata'),
    TaxRegionCode: text(4, 'Tax region.', 'docs/reference/epicor-kinetic.md section 6.1; length assumed, check $metadata'),
    CustomerType: text(3, '`CUS`, `SUS` or `PRO`.', 'docs/reference/epicor-kinetic.md section 6.1; length assumed, check $metadata'),
    ExternalID: text(20, 'Key in another system, cut to what fits.'),
    Inactive: { type: 'boolean', says: 'No longer used.', source: 'docs/reference/epicor-kinetic.md section 6.1' },
    CreditHold: { type: 'boolean', says: 'No orders on credit.', source: 'docs/reference/epicor-kinetic.md section 6.1' },
    StripeCustomerID_c: userDefined('Id of the Stripe customer.'),
    StripePostingKey_c: postingKey,
  },
  custom,
};

export const cashReceiptShape: ErpDocumentShape = {
  name: 'epicor-kinetic/cash-receipt',
  kind: 'cash-receipt',
  fields: {
    CustNum: {
      type: 'integer',
      required: true,
      says: 'Number of the customer; from the posting of the customer.',
      source: 'docs/reference/epicor-kinetic.md section 4.4',
    },
    TranType: { ...text(10, '`PayInv`, `PrePay`, `MisPay`.', cashHeadRow), required: true },
    CheckRef: { ...text(100, 'Reference of the payment. Mandatory, not unique.'), required: true },
    DocTranAmt: {
      type: 'decimal',
      digits: [14, 3],
      required: true,
      says: 'Amount in document currency, gross of fees.',
      source: 'docs/reference/epicor-kinetic.md section 4.4: amounts are numeric (17,3)',
    },
    CurrencyCode: { ...text(4, 'Document currency.'), required: true },
    TranDate: {
      type: 'date',
      required: true,
      says: 'Date of the receipt; also of its group.',
      source: 'docs/reference/epicor-kinetic.md section 6.5',
    },
    BankAcctID: {
      ...text(8, 'Bank account.', 'docs/reference/epicor-kinetic.md section 6.5; length assumed, check $metadata'),
      required: true,
      goesTo: 'the cash group: one bank account and one date per group',
    },
    Reference: text(50, 'Free reference.'),
    ExternalID: text(20, 'Short form of the posting key, by which the receipt is found again (I3).'),
    PMUID: {
      type: 'integer',
      says: 'Payment method.',
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

/** The shapes of all documents of Kinetic. Pure: read by the mapping language. */
export const shapes: readonly ErpDocumentShape[] = [customerShape, cashReceiptShape, ...bookShapes];
