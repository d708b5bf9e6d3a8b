import { compileAssets } from '../compile-assets.js';
import type { CompiledAssets } from '../compile-assets.js';
import { formatProblem } from '../problem.js';
import { route } from '../route.js';
import type { RoutedFact } from '../routed-fact.js';
import { demoAssets } from '../testing/assets.js';
import { smallLanguage } from '../testing/language.js';

/** A payment of a currency; only what the mapping of these specs reads. */
const payment = (currency: string): RoutedFact => ({
  eventId: 'ca11ab1e-0000-5000-8000-000000000001',
  eventType: 'ar.payment-received',
  sourceEventId: 'evt_1',
  sequence: 'pi_1',
  value: {
    chargeId: 'ch_1',
    paymentId: 'pi_1',
    customerId: 'cus_1',
    payer: { name: 'Ada', email: 'ada@ada.example', address: null },
    customer: null,
    amount: { minor: 100n, currency },
    method: { type: 'card', last4: null },
    receivedAt: 1_788_276_642_000,
    metadata: {},
  },
});

/** Assets with accounts, whose receipts have the expression in the field Bank. */
function withAccounts(accounts: string, bank: string): CompiledAssets {
  const changes = {
    profile: ['values:\n', `accounts:\n${accounts}values:\n`],
    receipt: ['Bank: bankAccount(amount.currency)', `Bank: ${bank}`],
  } as const;
  return compileAssets(demoAssets(changes), smallLanguage);
}

function bankOf(accounts: string, bank: string, currency = 'USD'): unknown {
  const compiled = withAccounts(accounts, bank);
  if (!compiled.ok) throw new Error(compiled.problems.map(formatProblem).join('\n'));
  return route(compiled.bundle, payment(currency), 0).postings[1]?.request.fields.Bank;
}

const perCurrency = "  CLR:\n    USD: { acct: '1150', sub: '010' }\n    JPY: '1157-00'\n";
const forAll = "  FEE: { acct: '6210', sub: '000' }\n";

it.each([
  ["acct('CLR', amount.currency)", perCurrency, '1150'],
  ["sub('CLR', amount.currency)", perCurrency, '010'],
  ["account('CLR', amount.currency)", perCurrency, '1150-010'],
  ["acct('FEE', amount.currency)", forAll, '6210'],
  ["sub('FEE')", forAll, '000'],
  ["account('FEE')", "  FEE: '6210-00-00'\n", '6210-00-00'],
])('%s of an account in parts or in one text', (bank, accounts, expected) => {
  expect(bankOf(accounts, bank)).toBe(expected);
});

it('an account in one text has no parts, and one that is not there stops the posting: each says what to write where', () => {
  expect(() => bankOf(perCurrency, "sub('CLR', amount.currency)", 'JPY')).toThrow(
    /profile main has "1157-00" in one text; write it as \{ acct: \.\.\., sub: \.\.\. \} under accounts in assets\/profile\.yaml/,
  );
  expect(() => bankOf(perCurrency, "acct('FEE')")).toThrow(/FEE/);
});

it.each([
  ["  FEE: { acct: '6210' }\n", 'expected the key "sub"'],
  ["  FEE: { acct: '6210', sub: '000', currency: USD }\n", 'expected one of'],
  ["  CLR:\n    US: { acct: '1150', sub: '010' }\n", 'three capital letters'],
])('refuses %j', (accounts, message) => {
  const compiled = withAccounts(accounts, "acct('FEE')");
  expect(compiled.ok ? [] : compiled.problems.map(formatProblem)).toEqual(expect.arrayContaining([expect.stringContaining(message)]));
});
