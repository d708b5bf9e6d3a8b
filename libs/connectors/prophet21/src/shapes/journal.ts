import type { ErpDocumentShape, ErpField } from '@tributary/contracts';
import { amount, day, inSection, required, text } from './fields.js';

const entry = inSection('7.7');

/** Length of gl.description, of which our mark takes 21. */
const describedLength = 255 - 21;

const header: ErpDocumentShape['fields'] = {
  TransactionDate: required(day('Date of the entry; it decides the period.', entry)),
  Currency: {
    ...required(text(3, 'ISO code of the currency of all its lines.', `${entry}, 14`)),
    destination: 'CurrencyId, by the numbers of the site',
  },
  Description: {
    ...text(describedLength, 'Begins the description of every line; its end is the short reference of the posting key.'),
    destination: 'Description of the lines',
  },
};

const lines: Readonly<Record<string, Readonly<Record<string, ErpField>>>> = {
  Gl: {
    AccountNumber: required(text(32, 'Account.')),
    Debit: { ...amount('Debit; a line has a debit or a credit.'), destination: 'Amount and ForeignAmount, positive' },
    Credit: { ...amount('Credit.'), destination: 'Amount and ForeignAmount, negative' },
    Description: { ...text(describedLength, 'What the line is for.'), destination: 'Description, before the mark' },
  },
};

/** An entry in the general ledger: one array, posted at once. */
export const journalShape: ErpDocumentShape = { name: 'prophet21/journal', kind: 'journal', fields: header, lines };
