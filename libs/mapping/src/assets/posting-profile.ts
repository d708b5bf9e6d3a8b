import type { AssetNode, Located } from './asset-reader.js';
import { bookKeys, profileBooksOf } from './profile-books.js';
import type { ProfileBooks } from './profile-books.js';

/** Where documents of one target go: company, bank accounts, payment methods, defaults. */
export interface PostingProfile {
  readonly path: string;
  readonly name: Located<string>;
  readonly target: string;
  readonly company: string;
  /** IANA zone in which posting dates are told. */
  readonly timeZone: string;
  /** ISO currency code -> bank account. */
  readonly bankAccounts: ReadonlyMap<string, string>;
  /** Stripe's payment method type -> payment method of the ERP; `default` for all others. */
  readonly paymentMethods: ReadonlyMap<string, string>;
  /** Customer for payments that tell nothing about who paid. */
  readonly walkInCustomerId: string | null;
  /** How customers are matched: `emailMatch` and `repeatBuyers`, as far as the profile says. */
  readonly customers: ReadonlyMap<string, string>;
  /** Only facts of this mode are booked: live (true) or test (false). Undefined: both, for installations that keep them apart elsewhere. */
  readonly livemode: boolean | undefined;
  /** Free values for mappings: terms, territory, ... */
  readonly values: ReadonlyMap<string, string>;
  readonly books: ProfileBooks;
  /** Line of each entry, by its path: `bankAccounts.USD`. */
  readonly lines: ReadonlyMap<string, number>;
}

const keys = [
  'kind',
  'name',
  'description',
  'target',
  'company',
  'timeZone',
  'bankAccounts',
  'paymentMethods',
  'walkInCustomerId',
  'customers',
  'livemode',
  'values',
  ...bookKeys,
];

/** Reads a posting profile; undefined when something is missing, and the problems say what. */
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
    company,
    timeZone,
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

/** Settings of the match, and what each may say. The connector of the target documents and carries them out. */
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
