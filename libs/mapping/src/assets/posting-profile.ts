import type { AssetNode, Located } from './asset-reader.js';
import { bookKeys, profileBooksOf } from './profile-books.js';
import type { ProfileBooks } from './profile-books.js';

/** Settings of one target for its documents: company, bank accounts, payment methods, defaults. */
export interface PostingProfile {
  readonly path: string;
  readonly name: Located<string>;
  readonly target: string;
  /** Whether flows post to it. An inactive profile is checked like any other. */
  readonly active: boolean;
  readonly company: string;
  /** IANA time zone of posting dates. */
  readonly timeZone: string;
  /** How the company writes amounts and dates, as a language tag; only for display. */
  readonly locale: string | null;
  /** ISO currency code -> bank account. */
  readonly bankAccounts: ReadonlyMap<string, string>;
  /** Stripe's payment method type -> payment method of the ERP; `default` applies to all other types. */
  readonly paymentMethods: ReadonlyMap<string, string>;
  /** Customer for payments that do not name a payer. */
  readonly walkInCustomerId: string | null;
  /** How customers are matched: `emailMatch` and `repeatBuyers`, when the profile sets them. */
  readonly customers: ReadonlyMap<string, string>;
  /** Books only facts of this mode: live (true) or test (false). Undefined: both, for installations that separate them elsewhere. */
  readonly livemode: boolean | undefined;
  /** Further values for mappings, with any name: terms, territory, ... */
  readonly values: ReadonlyMap<string, string>;
  readonly books: ProfileBooks;
  /** Line number of each entry, by its path: `bankAccounts.USD`. */
  readonly lines: ReadonlyMap<string, number>;
}

const keys = [
  'kind',
  'name',
  'description',
  'target',
  'active',
  'company',
  'timeZone',
  'locale',
  'bankAccounts',
  'paymentMethods',
  'walkInCustomerId',
  'customers',
  'livemode',
  'values',
  ...bookKeys,
];

/** Reads a posting profile; undefined when required parts are missing, which is added to the problems. */
export function profileOf(root: AssetNode, path: string): PostingProfile | undefined {
  if (!root.keys(keys, ['name', 'target', 'company', 'timeZone', 'bankAccounts'])) return undefined;
  const name = root.get('name')?.locatedText();
  const target = root.get('target')?.text();
  const company = root.get('company')?.text();
  const timeZone = zoneOf(root.get('timeZone'));
  const bankAccounts = root.get('bankAccounts')?.textMap() ?? new Map<string, string>();
  for (const [currency, , key] of root.get('bankAccounts')?.entries() ?? []) {
    if (!/^[A-Z]{3}$/.test(currency)) key.report(`expected a currency code of three capital letters; got "${currency}"`);
  }
  if (!name || !target || !company || !timeZone) return undefined;
  return {
    path,
    name,
    target,
    active: root.get('active')?.boolean() ?? true,
    company,
    timeZone,
    locale: localeOf(root.get('locale')) ?? null,
    bankAccounts,
    paymentMethods: root.get('paymentMethods')?.textMap() ?? new Map<string, string>(),
    walkInCustomerId: root.get('walkInCustomerId')?.text() ?? null,
    customers: customerSettings(root.get('customers')),
    livemode: root.get('livemode')?.boolean(),
    values: root.get('values')?.textMap() ?? new Map<string, string>(),
    books: profileBooksOf(root),
    lines: linesOf(root),
  };
}

function linesOf(root: AssetNode): Map<string, number> {
  return new Map(
    root
      .entries()
      .flatMap(([name, value, key]): [string, number][] => [
        [name, key.located(name).line],
        ...value.entries().map(([entry, , entryKey]): [string, number] => [`${name}.${entry}`, entryKey.located(entry).line]),
      ]),
  );
}

/** Settings for matching customers, with their allowed values. The connector of the target documents and applies them. */
const customerChoices: Readonly<Record<string, readonly string[]>> = { emailMatch: ['fill', 'overwrite'], repeatBuyers: ['link', 'ask'] };

function customerSettings(node: AssetNode | undefined): ReadonlyMap<string, string> {
  if (!node?.keys(Object.keys(customerChoices), [])) return new Map();
  return new Map(
    node.entries().flatMap(([name, value]) => {
      const said = Object.hasOwn(customerChoices, name) ? value.text(customerChoices[name]) : undefined;
      return said === undefined ? [] : [[name, said]];
    }),
  );
}

function zoneOf(node: AssetNode | undefined): string | undefined {
  const zone = node?.text();
  if (zone === undefined) return undefined;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    return node?.report(`expected an IANA time zone like "America/New_York"; got "${zone}"`);
  }
}

function localeOf(node: AssetNode | undefined): string | undefined {
  const tag = node?.text();
  if (tag === undefined) return undefined;
  try {
    const [locale] = Intl.NumberFormat.supportedLocalesOf(tag);
    if (locale !== undefined) return locale;
  } catch {
    // No language tag at all.
  }
  return node?.report(`expected a language tag like "en-US" or "de-DE"; got "${tag}"`);
}
