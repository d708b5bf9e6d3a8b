import type { ErpDocumentShape } from '@tributary/contracts';
import { columns, hint, inSection, required, text } from './fields.js';

/** Properties of the customer's address, an object inside the customer. */
export const addressFields = {
  MailAddress1: text(50, 'Address.'),
  MailAddress2: text(50, 'Address.'),
  MailCity: text(50, 'City.'),
  MailState: text(50, 'State.'),
  MailPostalCode: text(10, 'Postal code.'),
  MailCountry: text(50, "Country by P21's own name for it."),
  CentralPhoneNumber: text(20, 'Phone number.'),
  EmailAddress: text(255, 'E-mail address.'),
} as const;

/** A customer of the Entity API. Spellings of properties: docs/reference/prophet21.md sections 7.1 and 14. */
export const customerShape: ErpDocumentShape = {
  name: 'prophet21/customer',
  kind: 'customer',
  fields: {
    MatchCustomerId: hint(19, 'Hint for the match: the customer number that the merchant keeps in Stripe metadata.'),
    MatchEmail: hint(10, '`fill` (default): a match by e-mail fills what is empty; `overwrite`: it changes what is different.'),
    MatchRepeatBuyers: hint(10, '`link` (default): same e-mail and same name are one customer; `ask`: a person decides.'),
    CustomerName: required(text(255, 'Name.')),
    SalesrepId: text(16, 'Salesperson; a new customer needs one.', `${inSection('7.1')}, 14`),
    TermsId: text(2, 'Payment terms.'),
    CreditStatus: text(8, 'Credit status by its code on the site.'),
    ...addressFields,
    Delete: { type: 'boolean', description: 'Marked as deleted.', source: inSection('7.1') },
  },
  custom: { pattern: /^Class[1-5]id$/, maxLength: 255, source: columns },
};
