import { suspenseRole } from '../books/role-of.js';
import { disputeStatuses, knownMovements } from '../books/known-movements.js';
import { shippedFiles, shippedProblems } from '../testing/shipped.js';
import { isRoleTable, roleLookup, roleTableOf } from '../assets/role-table.js';

const movements = 'shared/tables/movements.csv';
const profile = 'profiles/kinetic-main.yaml';
const lineOf = (path: string, text: string): number =>
  (shippedFiles()
    .find((file) => file.path.endsWith(path))
    ?.text.split('\n')
    .findIndex((line) => line.startsWith(text)) ?? -1) + 1;

function lookup(): ReturnType<typeof roleLookup> {
  const file = shippedFiles().find(({ path }) => path.endsWith(movements));
  if (!file) throw new Error('there is no movements.csv');
  return roleLookup(roleTableOf(file, []));
}

it('finds nothing wrong with the shipped books', () => {
  expect(shippedProblems([])).toEqual([]);
});

// docs/reference/stripe.md section 9: 52 types of balance transactions in API version 23.1.0; section 11: 10 statuses of disputes.
it('gives each of the 52 types and 10 dispute statuses a role other than suspense', () => {
  const find = lookup();
  const pairs = [...knownMovements].flatMap(([type, categories]) => categories.map((category) => ({ type, category })));
  expect(knownMovements.size).toBe(52);
  expect(disputeStatuses).toHaveLength(10);
  const roles = [
    ...pairs.flatMap((pair) => ['gross', 'fee'].map((part) => find({ part, ...pair })?.role)),
    ...disputeStatuses.map((kind) => find({ part: 'dispute', kind })?.role),
  ];
  expect(roles).not.toContain(undefined);
  expect(roles).not.toContain(suspenseRole);
});

it('puts a type that nobody knows into suspense', () => {
  expect(lookup()({ part: 'gross', type: 'type_53', category: 'type_53' })).toMatchObject({ role: 'OTH', owner: 'journal' });
  expect(lookup()({ part: 'dispute', kind: 'status_11' })).toMatchObject({ role: 'OTH' });
});

it('refuses a role without an account: file, line, and which movements need it', () => {
  expect(shippedProblems([[profile, '  RCV-RESERVE: 1295-00-00\n', '']])).toEqual([
    `assets/epicor-kinetic/${profile}:${lineOf(profile, 'accounts:')}:1: expected an account for the role RCV-RESERVE under "accounts"; needed by ` +
      `movements gross payout_minimum_balance_hold (assets/${movements}:${lineOf(movements, 'gross,payout_minimum_balance_hold')}), ` +
      `movements gross payout_minimum_balance_release (assets/${movements}:${lineOf(movements, 'gross,payout_minimum_balance_release')}), ` +
      `movements gross reserved_funds (assets/${movements}:${lineOf(movements, 'gross,reserved_funds')}), ` +
      `movements gross reserve_hold (assets/${movements}:${lineOf(movements, 'gross,reserve_hold')}) and 6 more`,
  ]);
  expect(shippedProblems([[profile, '  RET: 4900-00-00\n', '']]).join()).toMatch(
    /the role RET under "accounts"; needed by step memo of flow refund \(assets\/shared\/flows\/refund\.yaml:\d+\), mapping credit-memo/,
  );
});

const added = (row: string): readonly [string, RegExp, string] => [movements, /^fee,\*,\*,\*/m, `${row}\nfee,*,*,*`];

it.each([
  [
    'a tie',
    'gross,*,refund_failure,*,*,*,*,RET,journal',
    /expected one row that counts for part gross, type refund_failure, category refund_failure; lines \d+ and \d+ say equally much/,
  ],
  ['the same row again', 'gross,tax_fee,*,*,*,*,*,FEE,journal', /expected one row that counts for part gross, type tax_fee/],
  [
    'a type that is misspelt',
    'gross,tax_fees,*,*,*,*,*,FEE,journal',
    /expected a known type of movement; got "tax_fees" \(did you mean "tax_fee"\?\)/,
  ],
  [
    'a category that its type never has',
    'gross,charge,refund,*,*,*,*,FEE,journal',
    /expected a known category of charge: one of charge; got "refund"/,
  ],
  [
    'a status of disputes that is none',
    'dispute,*,*,wonn,*,*,*,FEE,journal',
    /expected a known status of disputes; got "wonn" \(did you mean "won"\?\)/,
  ],
  [
    'a document that no flow makes',
    'gross,topup,topup,*,*,*,*,AR,document:invoice',
    /expected a kind of document that a flow makes \(.*\); got "invoice"/,
  ],
  [
    'a class of journals that is none',
    'gross,topup,topup,*,*,*,*,AR,journal:disputes',
    /expected a class of journals \(.*\); got "disputes" \(did you mean "dispute"\?\)/,
  ],
  ['an owner that is none', 'gross,topup,topup,*,*,*,*,AR,nobody', /expected one of "journal", .*; got "nobody"/],
  ['a role in small letters', 'gross,topup,topup,*,*,*,*,ar,journal', /expected a role in capital letters like "FEE"; got "ar"/],
  ['an empty cell', 'gross,topup,,*,*,*,*,AR,journal', /expected a value or "\*" under "category"/],
] as const)('refuses %s in the table of movements, with its line', (_, row, expected) => {
  const line = lineOf(movements, 'fee,*,*,*,');
  const problems = shippedProblems([added(row)]);
  expect(problems.join('\n')).toMatch(expected);
  expect(problems.some((problem) => problem.startsWith(`assets/${movements}:${line}:`) || problem.includes(` and ${line} `))).toBe(true);
});

it('refuses a table that is not total', () => {
  expect(shippedProblems([[movements, /^gross,\*.*\n/m, '']]).join('\n')).toMatch(/expected a row for part gross, or a last row of "\*"/);
});

it('sends nothing that Stripe is known to send to suspense', () => {
  expect(shippedProblems([[movements, /^gross,topup,.*\n/m, '']])).toEqual([
    expect.stringMatching(/expected a role other than OTH for part gross, type topup, category topup, which Stripe is known to send/),
  ]);
});

it('lets a row for one currency count before those that say less', () => {
  expect(shippedProblems([added('gross,topup,topup,*,*,EUR,*,ADJUSTMENT,journal')])).toEqual([]);
});

it('refuses a profile of the ledger that no flow posts to', () => {
  const alone = shippedFiles().filter(({ path }) => !path.includes('/shared/'));
  expect(alone.some(isRoleTable)).toBe(false);
  expect(shippedProblems([[profile, 'role: ledger', 'role: ledgers']]).join('\n')).toMatch(
    /expected a flow with "targets: \{ role: ledgers \}": nothing would be posted by this profile/,
  );
});

it('finds the name of an ERP in a flow that profiles share', () => {
  expect(shippedProblems([['flows/payout.yaml', "concat('Stripe payout '", "concat('Kinetic payout '"]])).toEqual([
    expect.stringMatching(
      /^assets\/shared\/flows\/payout\.yaml:\d+:21: expected no name of an ERP in a flow that profiles share; got "Kinetic"\. Ask can\(\)/,
    ),
  ]);
});

it('refuses a profile that wants invoices made from Stripe, and says why', () => {
  expect(shippedProblems([[profile, 'sales: receipts', 'sales: receipts\ninvoicing: erp']])).toEqual([]);
  expect(shippedProblems([[profile, 'sales: receipts', 'sales: receipts\ninvoicing: direct']])).toEqual([
    expect.stringMatching(/kinetic-main\.yaml:\d+:\d+: expected "invoicing: erp": no flow makes invoices from Stripe/),
  ]);
  expect(shippedProblems([[profile, 'sales: receipts', 'sales: receipts\ninvoicing: both']])).toEqual([
    expect.stringContaining('got "both"'),
  ]);
});
