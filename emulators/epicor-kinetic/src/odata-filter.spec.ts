import { KineticError } from './answers.js';
import { odataFilter } from './odata-filter.js';
import { tables } from './schema.js';

const row = {
  CustNum: 1042,
  CustID: 'ACME',
  Name: "O'Neill (East)",
  EMailAddress: 'ap@ada.example',
  Inactive: false,
  CreditLimit: 0,
  StripeCustomerID_c: 'cus_ABC',
};
const matches = (filter: string): boolean => odataFilter(filter, tables.Customer)(row);

it.each([
  ["EMailAddress eq 'AP@ada.example'", true],
  ["Name eq 'O''Neill (East)'", true],
  ["StripeCustomerID_c eq 'cus_ABC' and Inactive eq false", true],
  ["CustID eq 'X' or CustNum eq 1042 and Inactive eq true", false],
  ["(CustID eq 'X' or CustNum eq 1042) and not (Inactive eq true)", true],
  ['CustNum gt 1041 and CustNum le 1042', true],
  ["contains(Name, 'neill') and startswith(CustID,'AC')", true],
  ["tolower(trim(EMailAddress)) eq 'ap@ada.example'", true],
  ["trim(toupper(CustID)) eq 'OTHER' or CustNum eq 1042", true],
  ["tolower(trim(StripeCustomerID_c)) eq 'cus_x'", false],
  ["OtherColumn_c eq 'x'", false],
  ['CustNum ne 1042', false],
])('%s is %p', (filter, expected) => {
  expect(matches(filter)).toBe(expected);
});

it('a space in front of a text counts unless it is trimmed', () => {
  const spaced = { ...row, EMailAddress: ' AP@ada.example ' };
  const found = (filter: string): boolean => odataFilter(filter, tables.Customer)(spaced);
  expect([found("EMailAddress eq 'ap@ada.example'"), found("trim(EMailAddress) eq 'ap@ada.example'")]).toEqual([false, true]);
});

it.each([
  "tolower(Email) eq 'x'",
  "tolower(EMailAddress eq 'x'",
  "EmailAddress eq 'x'",
  "name eq 'x'",
  'CustNum eq',
  'CustNum is 1',
  'CustNum eq 1 CustNum',
  "Name eq 'x",
  '(CustNum eq 1',
])('%s is refused as a bad filter', (filter) => {
  expect(() => matches(filter)).toThrow(KineticError);
});
