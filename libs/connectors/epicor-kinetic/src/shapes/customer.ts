import type { ErpDocumentShape } from '@tributary/contracts';
import { custom, postingKey, text, userDefined } from './fields.js';

const customerRow = 'docs/reference/epicor-kinetic.md section 6.1; length assumed as Name, check $metadata';
const matching = 'docs/reference/epicor-kinetic.md section 6.1: an e-mail is not unique; the choice is ours (docs/adr)';

/** A customer of the ledger. */
export const customerShape: ErpDocumentShape = {
  name: 'epicor-kinetic/customer',
  kind: 'customer',
  fields: {
    CustID: { ...text(10, 'Key for people; has to be supplied.'), required: true },
    MatchCustID: {
      ...text(10, 'Hint for the match: the CustID that the merchant keeps in Stripe metadata.'),
      destination: 'the search, never a column',
    },
    MatchEmail: {
      ...text(10, '`fill` (default): a match by e-mail fills what is empty; `overwrite`: it changes what is different.', matching),
      destination: 'the search, never a column',
    },
    MatchRepeatBuyers: {
      ...text(10, '`link` (default): same e-mail and same name are one customer; `ask`: a person decides.', matching),
      destination: 'the search, never a column',
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
    Inactive: { type: 'boolean', description: 'No longer used.', source: 'docs/reference/epicor-kinetic.md section 6.1' },
    CreditHold: { type: 'boolean', description: 'No orders on credit.', source: 'docs/reference/epicor-kinetic.md section 6.1' },
    StripeCustomerID_c: userDefined('Id of the Stripe customer.'),
    StripePostingKey_c: postingKey,
  },
  custom,
};
