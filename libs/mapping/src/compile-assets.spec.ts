// Misspelt on purpose, for the suggestions. cspell:ignore whan ensuer custmer mian amuont bnak nmae regoins profil
import { compileAssets } from './compile-assets.js';
import { formatProblem } from './problem.js';
import { demoAssets } from './testing/assets.js';
import { smallLanguage } from './testing/language.js';

function problems(changes: Parameters<typeof demoAssets>[0]): string[] {
  const compiled = compileAssets(demoAssets(changes), smallLanguage);
  return compiled.ok ? [] : compiled.problems.map(formatProblem);
}

function version(files = demoAssets()): string {
  const compiled = compileAssets(files, smallLanguage);
  if (!compiled.ok) throw new Error(compiled.problems.map(formatProblem).join('\n'));
  return compiled.bundle.version;
}

// Lines and columns counted by hand in testing/assets.ts.
it.each([
  [
    'a misspelled key',
    { flow: ['when:', 'whan:'] },
    'assets/flow.yaml:6:1: expected one of "kind", "name", "description", "profile", "targets", "triggers", "when", "holds", "steps"; got "whan" (did you mean "when"?)',
  ],
  [
    'a misspelled protocol',
    { flow: ['protocol: ensure', 'protocol: ensuer'] },
    'assets/flow.yaml:10:15: expected one of "create-once", "ensure", "versioned-upsert"; got "ensuer" (did you mean "ensure"?)',
  ],
  [
    'an unknown event',
    { flow: ['- ar.payment-received', '- ar.payment-recieved'] },
    'assets/flow.yaml:5:5: expected the name of a known canonical event: one of "ar.payment-received", "ar.payment-failed"; got "ar.payment-recieved" (did you mean "ar.payment-received"?)',
  ],
  [
    'an unknown mapping',
    { flow: ['mapping: customer', 'mapping: custmer'] },
    'assets/flow.yaml:11:14: expected the name of a known mapping: one of "receipt", "customer"; got "custmer" (did you mean "customer"?)',
  ],
  [
    'an unknown profile',
    { flow: ['profile: main', 'profile: mian'] },
    'assets/flow.yaml:3:10: expected the name of a known profile: one of "main"; got "mian" (did you mean "main"?)',
  ],
  [
    'a misspelled field of the event',
    { flow: ['event.amount.minor', 'event.amuont.minor'] },
    'assets/flow.yaml:6:13: expected a field that is there; got "amuont" (did you mean "amount"?)',
  ],
  [
    'a condition that is no condition',
    { flow: ['event.amount.minor > 0', 'event.amount.minor'] },
    'assets/flow.yaml:6:7: expected a condition (bool); the expression gives int',
  ],
  [
    'a wrong type for a parameter',
    { flow: ['amount: event.amount\n      ', 'amount: event.amount.minor\n      '] },
    'assets/flow.yaml:24:15: expected money for amount (Money); the expression gives int',
  ],
  [
    'a parameter that is missing',
    { flow: ['      method: event.method\n', ''] },
    'assets/flow.yaml:15:11: expected "method" under "with": mapping receipt needs it',
  ],
  [
    'a step that does not come before',
    { flow: ['step: customer', 'step: receipt'] },
    'assets/flow.yaml:22:34: expected the name of a known earlier step: one of "customer"; got "receipt"',
  ],
  [
    'a version where none belongs',
    { flow: ['amount: event.amount\n    ref', 'version: 1\n    ref'] },
    'assets/flow.yaml:20:14: expected no version: only a versioned upsert has one',
  ],
  [
    'a misspelled field of the document',
    { receipt: ['Bank:', 'Bnak:'] },
    'assets/receipt.yaml:14:3: expected a field of demo/receipt; got "Bnak" (did you mean "Bank"?)',
  ],
  [
    'text where a decimal belongs',
    { receipt: ['decimalText(amount)', 'amount.currency'] },
    'assets/receipt.yaml:12:11: expected decimal for Amount (Decimal); the expression gives string',
  ],
  [
    'a misspelled function',
    { receipt: ['decimalText(', 'decimlText('] },
    'assets/receipt.yaml:12:11: expected a known function; got "decimlText(Money)" (did you mean "decimalText"?)',
  ],
  [
    'wrong arguments',
    { receipt: ['decimalText(amount)', 'decimalText(chargeId)'] },
    'assets/receipt.yaml:12:11: expected decimalText(Money): Decimal; got decimalText(string)',
  ],
  [
    'a parameter that is not declared',
    { receipt: ['truncate(name, 10)', 'truncate(nmae, 10)'] },
    'assets/receipt.yaml:15:18: expected a known name; got "nmae" (did you mean "name"?)',
  ],
  [
    'a text that can be too long',
    { receipt: ['truncate(name, 10)', 'truncate(name, 12)'] },
    'assets/receipt.yaml:15:9: expected at most 10 characters; this can have 12',
  ],
  [
    'a lookup table that is not there',
    { receipt: ['truncate(name, 10)', "lookup('regoins', name)"] },
    'assets/receipt.yaml:15:16: expected a lookup table that is there; got "regoins" (did you mean "regions"?)',
  ],
  [
    'a required field that nothing fills',
    { receipt: ['  Amount: decimalText(amount)\n', ''] },
    'assets/flow.yaml:15:11: expected the field Amount from mapping receipt or a reference: demo/receipt requires it',
  ],
  [
    'half an expression',
    { receipt: ['truncate(name, 10)', 'truncate(name,'] },
    'assets/receipt.yaml:15:23: expected a CEL expression: Unexpected token: EOF',
  ],
  [
    'an unknown locale',
    { profile: ['timeZone: America/New_York', 'timeZone: America/New_York\nlocale: german'] },
    'assets/profile.yaml:6:9: expected a language tag like "en-US" or "de-DE"; got "german"',
  ],
  [
    'a time zone that is not',
    { profile: ['America/New_York', 'America/New_Yorck'] },
    'assets/profile.yaml:5:11: expected an IANA time zone like "America/New_York"; got "America/New_Yorck"',
  ],
  [
    'a choice for matches that there is not',
    { profile: ['company: D1', 'company: D1\ncustomers: { repeatBuyers: merge }'] },
    'assets/profile.yaml:5:28: expected one of "link", "ask"; got "merge"',
  ],
  [
    'a setting for matches that there is not',
    { profile: ['company: D1', 'company: D1\ncustomers: { emailMatches: fill }'] },
    'assets/profile.yaml:5:14: expected one of "emailMatch", "repeatBuyers"; got "emailMatches" (did you mean "emailMatch"?)',
  ],
  ['a mode that is none', { profile: ['company: D1', 'company: D1\nlivemode: maybe'] }, 'assets/profile.yaml:5:11: expected true or false'],
  [
    'a currency in small letters',
    { profile: ['USD:', 'usd:'] },
    'assets/profile.yaml:7:3: expected a currency code of three capital letters; got "usd"',
  ],
  [
    'a kind that is none',
    { profile: ['kind: profile', 'kind: profil'] },
    'assets/profile.yaml:1:7: expected one of "flow", "mapping", "profile"; got "profil" (did you mean "profile"?)',
  ],
] as const)('tells the place of %s', (_, changes, expected) => {
  expect(problems(changes)).toContain(expected);
});

it('tells the line where YAML ends', () => {
  expect(problems({ profile: ['bankAccounts:', 'bankAccounts: ['] })).toContainEqual(
    expect.stringMatching(/^assets\/profile\.yaml:\d+:\d+: expected YAML: /),
  );
});

it('tells all problems of all files at once, by place', () => {
  const all = problems({ flow: ['protocol: ensure', 'protocol: x'], receipt: ['Bank:', 'Bnak:'], profile: ['USD:', 'usd:'] });
  expect(all.map((problem) => problem.split(':')[0])).toEqual(
    expect.arrayContaining(['assets/flow.yaml', 'assets/profile.yaml', 'assets/receipt.yaml']),
  );
  expect([...all].map((problem) => problem.split(':')[0])).toEqual([...all].map((problem) => problem.split(':')[0]).sort());
});

it.each([
  ['no header', 'OH,Ohio\n', 'assets/regions.csv:1:1: expected the header "key,value"; got "OH,Ohio"'],
  ['a key twice', 'key,value\nOH,Ohio\nOH,Oh\n', 'assets/regions.csv:3:1: expected each key once; "OH" is there again'],
  ['a row without value', 'key,value\nOH\n', 'assets/regions.csv:2:1: expected a key and a value'],
  ['an open quote', 'key,value\n"OH,Ohio\n', 'assets/regions.csv:'],
])('tells the line of a lookup table with %s', (_, text, expected) => {
  const files = demoAssets().map((file) => (file.path === 'assets/regions.csv' ? { ...file, text } : file));
  const compiled = compileAssets(files, smallLanguage);
  expect(compiled.ok ? [] : compiled.problems.map(formatProblem)).toEqual([expect.stringContaining(expected)]);
});

it('has a version that follows what assets say, not how they are written', () => {
  const files = demoAssets();
  expect(version([...files].reverse())).toBe(version());
  expect(version(files.map((file) => (file.path.endsWith('.yaml') ? { ...file, text: `# note\n${file.text}` } : file)))).toBe(version());
  expect(version(demoAssets({ profile: ['BANKUSD', 'BANKUS2'] }))).not.toBe(version());
  expect(version()).toMatch(/^[0-9a-f]{64}$/);
});

it('takes two assets of one name for a problem', () => {
  const [flow] = demoAssets().filter((file) => file.path.endsWith('flow.yaml'));
  const compiled = compileAssets([...demoAssets(), { path: 'assets/again.yaml', text: flow?.text ?? '' }], smallLanguage);
  expect(compiled.ok ? [] : compiled.problems.map(formatProblem)).toEqual([
    'assets/again.yaml:2:7: expected each name once among assets of one kind; "pay" is there again',
  ]);
});
