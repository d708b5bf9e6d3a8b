import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AssetFile } from '../assets/asset-reader.js';
import { checkAssets } from './check-assets.js';

/** Each case breaks the shipped assets in one place; the report has to name the cause exactly once. */
const folder = join(import.meta.dirname, '../../../../assets');
const shipped: readonly AssetFile[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(yaml|csv)$/.test(name))
  .sort()
  .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));

const profile = 'epicor-kinetic/profiles/kinetic-main.yaml';
const flow = 'shared/flows/payment-to-cash-receipt.yaml';
const customerMapping = 'epicor-kinetic/mappings/customer.yaml';

/** The shipped assets without a file, or with a text replaced in it. The text has to occur. */
function faulty(path: string, from?: string | RegExp, to = ''): AssetFile[] {
  return shipped.flatMap((file) => {
    if (file.path !== path) return [file];
    if (from === undefined) return [];
    const text = file.text.replace(from, to);
    if (text === file.text) throw new Error(`${path} does not hold ${String(from)}`);
    return [{ path, text }];
  });
}
/** No profile that the shared flows post to. */
const withoutLedgers = shipped.filter(({ text }) => !/^role: ledger$/m.test(text));
const found = (files: readonly AssetFile[], before?: readonly AssetFile[]): string[] =>
  checkAssets(files, before ? { before } : {}).map(
    ({ level, path, message, alsoAt }) => `${level} ${path}: ${message} (+${alsoAt.length})`,
  );

it('finds nothing in the shipped assets', () => {
  expect(checkAssets(shipped, { before: shipped })).toEqual([]);
});

it.each([
  [
    'a mapping that is not there',
    faulty(customerMapping),
    /^error .*customer-upsert\.yaml: expected a mapping with "document: customer" and a shape of epicor-kinetic.*\(\+1\)$/,
  ],
  ['a profile that is not there', withoutLedgers, /^error .*: expected the name of a known role of a profile; got "ledger" \(\+\d+\)$/],
  [
    'a table that is not there',
    faulty('epicor-kinetic/tables/countries.csv'),
    /^error .*customer\.yaml: expected a lookup table that is there; got "countries"/,
  ],
  ['a mapping that is no YAML', faulty(customerMapping, 'fields:', 'fields: {'), /^error .*mappings\/customer\.yaml: expected YAML/],
  [
    'a profile with a key misspelt',
    faulty(profile, 'timeZone:', 'timezone:'),
    /^error .*kinetic-main\.yaml: expected one of .*got "timezone"/,
  ],
  [
    'a name misspelt in a flow',
    faulty(flow, 'event.amount.minor', 'event.amuont.minor'),
    /^error .*payment-to-cash-receipt\.yaml: .*amuont/,
  ],
] as const)('%s is one cause, and comes first', (_name, files, first) => {
  const [cause, ...others] = found(files);
  expect(cause).toMatch(first);
  // All further findings are in the same file, not in files that depend on it.
  const path = cause?.split(' ')[1];
  expect(others.filter((line) => line.split(' ')[1] !== path)).toEqual([]);
});

it.each([
  [
    'a constant',
    flow,
    'sourceId: event.chargeId',
    `sourceId: "'payment'"`,
    /warning .*the sourceId of step "cash-receipt" .* is the same for every event/,
  ],
  [
    'another id',
    flow,
    'sourceId: event.chargeId',
    'sourceId: event.paymentId',
    /warning .*changes \(sourceId was event\.chargeId, is event\.paymentId\)/,
  ],
  [
    'another kind of document',
    flow,
    'document: cash-receipt',
    'document: customer',
    /warning .*changes \(document was cash-receipt, is customer\)/,
  ],
] as const)('warns of %s as the source of a posting key', (_name, path, from, to, expected) => {
  expect(found(faulty(path, from, to), shipped).join('\n')).toMatch(expected);
});

it('does not mind a new step, a comment or white space in a posting key', () => {
  expect(found(faulty(flow, 'sourceId: event.chargeId', 'sourceId: "event.chargeId  " # the same'), shipped)).toEqual([]);
});

it.each([
  [
    'a bank account that is too long',
    'USD: STR-USD',
    'USD: STRIPE-USD-1',
    `error ${profile}: bankAccounts.USD "STRIPE-USD-1" has 12 characters and its field takes 8`,
  ],
  [
    'a payment method that is no number',
    "card: '1'",
    'card: CARD',
    `error ${profile}: paymentMethods.card "CARD" has to be a whole number for its field`,
  ],
  [
    'terms that the mapping would cut',
    'terms: N30',
    'terms: NET30',
    `warning ${profile}: values.terms "NET30" is cut to "NET3": its field takes 4 characters`,
  ],
  [
    'a walk-in customer that is too long',
    '# walkInCustomerId: WALKIN',
    'walkInCustomerId: WALKIN-CUSTOMER',
    `error ${profile}: walkInCustomerId "WALKIN-CUSTOMER" has 15 characters and its field takes 10`,
  ],
] as const)('checks profile values against the fields of the ERP: %s', (_name, from, to, expected) => {
  expect(found(faulty(profile, from, to))).toEqual([expect.stringContaining(expected)]);
});

it('checks the values of lookup tables, too, with their line', () => {
  const [finding] = checkAssets(faulty('epicor-kinetic/tables/terms.csv', 'net15,N15', 'net15,NET15'));
  expect(finding).toMatchObject({ level: 'warning', path: 'epicor-kinetic/tables/terms.csv', line: 2 });
});

it('names the line of a profile value', () => {
  const files = faulty(profile, 'EUR: STR-EUR', 'EUR: STRIPE-EUR');
  const line =
    (files
      .find(({ path }) => path === profile)
      ?.text.split('\n')
      .findIndex((text) => text.includes('STRIPE-EUR')) ?? -1) + 1;
  expect(checkAssets(files)).toEqual([expect.objectContaining({ line })]);
});
