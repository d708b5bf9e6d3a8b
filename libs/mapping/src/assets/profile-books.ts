import type { AssetNode } from './asset-reader.js';

/** Settings of a profile that say how its books are kept: name -> allowed values, the default first. */
export const bookSettings: Readonly<Record<string, readonly string[]>> = {
  /** Whether the ERP has an invoice for each sale, or only receipts on account; with `mixed` each sale says so, or an operator is asked. */
  sales: ['receipts', 'invoiced', 'mixed'],
  /** Who makes the invoice of a sale. */
  invoicing: ['erp'],
  /** How a payout reaches the bank account. */
  payout: ['journal', 'bank-transfer'],
  /** For a receipt whose currency differs from its settlement currency: whether the ERP gets the settled amount. */
  fx: ['at-settlement', 'off'],
  /** How a refund is booked: as documents of the customer's account, as one entry in the general ledger, or as a return and an entry. */
  creditMemo: ['documents', 'journal', 'rma'],
  closedPeriod: ['hold', 'next-open'],
  fraudWarning: ['ignore', 'hold'],
};

/** Values that people may expect of a setting, and why they cannot be chosen. */
const refusedValues: ReadonlyMap<string, string> = new Map([
  [
    'invoicing: direct',
    'expected "invoicing: erp": no flow makes invoices from Stripe, so a sale would get none. Let the ledger make the invoice; a receipt stays on account until somebody applies it',
  ],
]);

/** Classes of movements that can have a journal per movement, and `default` for all others. */
export const journalClasses = ['default', 'dispute', 'refund-failure', 'payout-failure'] as const;
/** When a journal is made: once per payout, or once per movement. */
export const journalModes = ['payout', 'movement'] as const;

/** The accounts of each role: one for all currencies (`*`), or one per currency. */
export type RoleAccounts = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** An account of a ledger that keeps it in two columns: the account and its subaccount. */
export interface AccountParts {
  readonly acct: string;
  readonly sub: string;
}

/** How the books of a target are kept. */
export interface ProfileBooks {
  /** Role by which shared flows select the profile: `ledger`. */
  readonly role: string | undefined;
  /** Kind of the target, which selects the mappings: the part before the slash in the name of a shape. */
  readonly erp: string | undefined;
  readonly settings: ReadonlyMap<string, string>;
  readonly journals: ReadonlyMap<string, string>;
  readonly accounts: RoleAccounts;
  /** Account as one text (`1150-000000000000`) -> its parts, for accounts that are written as `{ acct, sub }`. */
  readonly accountParts: ReadonlyMap<string, AccountParts>;
  /** Limited action (`refund`) -> currency -> decimal text. */
  readonly limits: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Capabilities of the target in addition to the documents that it has mappings for. */
  readonly capabilities: ReadonlySet<string>;
}

/** Keys of a profile that belong to its books. */
export const bookKeys: readonly string[] = ['role', 'erp', ...Object.keys(bookSettings), 'journals', 'accounts', 'limits', 'capabilities'];

/** Reads the settings of a profile for its books. */
export function profileBooksOf(root: AssetNode): ProfileBooks {
  const accountParts = new Map<string, AccountParts>();
  return {
    role: root.get('role')?.text(),
    erp: root.get('erp')?.text(),
    settings: choices(root, bookSettings),
    journals: journalsOf(root.get('journals')),
    accounts: accountsOf(root.get('accounts'), accountParts),
    accountParts,
    limits: perCurrency(root.get('limits')),
    capabilities: new Set((root.get('capabilities')?.items() ?? []).map((item) => item.text() ?? '')),
  };
}

function choices(root: AssetNode, allowed: Readonly<Record<string, readonly string[]>>): Map<string, string> {
  return new Map(
    Object.entries(allowed).map(([name, [otherwise = '', ...more]]) => {
      const node = root.get(name);
      const refused = refusedValues.get(`${name}: ${String(node?.scalar())}`);
      if (refused !== undefined) node?.report(refused);
      return [name, (refused === undefined ? node?.text([otherwise, ...more]) : undefined) ?? otherwise];
    }),
  );
}

function journalsOf(node: AssetNode | undefined): Map<string, string> {
  const told = new Map<string, string>();
  if (node?.keys(journalClasses, [])) for (const [name, value] of node.entries()) told.set(name, value.text(journalModes) ?? 'payout');
  const otherwise = told.get('default') ?? 'payout';
  return new Map(journalClasses.map((name) => [name, told.get(name) ?? otherwise]));
}

function accountsOf(node: AssetNode | undefined, parts: Map<string, AccountParts>): RoleAccounts {
  return new Map(
    (node?.entries() ?? []).map(([role, value]) => {
      if (value.isMap() && !inParts(value)) {
        checkCurrencies(value);
        return [role, new Map(value.entries().flatMap(([currency, one]) => named(currency, accountIn(one, parts))))];
      }
      return [role, new Map(named('*', accountIn(value, parts)))];
    }),
  );
}

const named = (currency: string, account: string | undefined): [string, string][] => (account === undefined ? [] : [[currency, account]]);

/** Whether a value is one account in parts, and not accounts by currency. */
const inParts = (node: AssetNode): boolean => node.get('acct') !== undefined || node.get('sub') !== undefined;

/** An account as one text; its parts, when it is written in parts, are added to the map. */
function accountIn(node: AssetNode, parts: Map<string, AccountParts>): string | undefined {
  if (!node.isMap()) return node.text();
  if (!node.keys(['acct', 'sub'], ['acct', 'sub'])) return undefined;
  const [acct, sub] = [node.get('acct')?.text(), node.get('sub')?.text()];
  if (acct === undefined || sub === undefined) return undefined;
  parts.set(`${acct}-${sub}`, { acct, sub });
  return `${acct}-${sub}`;
}

function perCurrency(node: AssetNode | undefined): Map<string, ReadonlyMap<string, string>> {
  return new Map((node?.entries() ?? []).map(([name, value]) => [name, currencies(value)]));
}

function currencies(node: AssetNode): Map<string, string> {
  checkCurrencies(node);
  return node.textMap();
}

function checkCurrencies(node: AssetNode): void {
  for (const [currency, , key] of node.entries()) {
    if (!/^[A-Z]{3}$/.test(currency)) key.report(`expected a currency code of three capital letters; got "${currency}"`);
  }
}
