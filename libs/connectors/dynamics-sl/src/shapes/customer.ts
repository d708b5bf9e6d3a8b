import type { ErpDocumentShape } from '@tributary/contracts';
import { custom, keyMark, text } from './fields.js';

const customers = 'docs/reference/dynamics-sl.md section 5.1';
const matching = `${customers}: an e-mail is not unique; the choice is ours (docs/adr)`;

/** A customer of the ledger (08.260). */
export const customerShape: ErpDocumentShape = {
  name: 'dynamics-sl/customer',
  kind: 'customer',
  fields: {
    CustId: text(15, 'Key for people, in capital letters; left out: SL assigns one.'),
    MatchCustId: {
      ...text(15, 'Hint for the match: the CustId that the merchant keeps in Stripe metadata.'),
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
    Name: { ...text(60, 'Name.'), required: true },
    BillName: text(60, 'Name on invoices.', `${customers}; length assumed as Name`),
    Addr1: text(60, 'Address in one line.'),
    Addr2: text(60, 'What does not fit into the first line.'),
    City: text(30, 'City.'),
    State: text(3, 'State.'),
    Zip: text(10, 'Postal code.'),
    Country: text(3, 'Country code of the company.'),
    Phone: text(30, 'Phone number.', `${customers}; length assumed`),
    EMailAddr: text(80, 'E-mail address.'),
    ClassId: text(6, 'Class of the customer: it supplies accounts, terms and tax.'),
    Terms: text(2, 'Payment terms.'),
    CuryId: text(4, 'Currency of the customer.'),
    Status: text(1, '`A` active, `I` inactive, `H` hold, `O` one-time.', `${customers}; letters assumed`),
    User1: text(30, 'Id of the Stripe customer.'),
    User2: keyMark,
    User5: text(10, 'Free for the site.'),
    User6: text(10, 'Free for the site, too.'),
  },
  custom,
};
