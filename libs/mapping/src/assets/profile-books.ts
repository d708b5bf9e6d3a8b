import type { AssetNode } from './asset-reader.js';

/** Settings of a profile that say how its books are kept: name -> what it may say, the first being what counts when it says nothing. */
export const bookSettings: Readonly<Record<string, readonly string[]>> = {
  /** Whether the ERP has an invoice for each sale, or only receipts on account; `mixed` is told per sale, or asked. */
  sales: ['receipts', 'invoiced', 'mixed'],
  /** How a payout reaches the bank account. */
  payout: ['journal', 'bank-transfer'],
  /** What a receipt in another currency than its settlement tells the ERP: the settled amount, or nothing. */
  fx: ['at-settlement', 'off'],
  closedPeriod: ['hold', 'next-open'],
  fraudWarning: ['ignore', 'hold'],
};

/** Classes of movements whose journals can be made one by one, beside `default`. */
export const journalClasses = ['default', 'dispute', 'refund-failure', 'payout-failure'] as const;
/** When a journal is made: once with the payout, or for each movement. */
export const journalModes = ['payout', 'movement'] as const;

/** An account of a role: one for all currencies (`*`), or one per currency. */
export type RoleAccounts = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** How the books of a target are kept. */
export interface ProfileBooks {
  /** Role by which shared flows find the profile: `ledger`. */
  readonly role: string | undefined;
  /** Kind of the target, whose mappings are used: the part of a shape's name before the slash. */
  readonly erp: string | undefined;
  readonly settings: ReadonlyMap<string, string>;
  readonly journals: ReadonlyMap<string, string>;
  readonly accounts: RoleAccounts;
  /** What is limited (`refund`) -> currency -> decimal text. */
  readonly limits: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** What the target can beyond the documents that it has mappings for. */
  readonly capabilities: ReadonlySet<string>;
}

/** Keys of a profile that belong to its books. */
export const bookKeys: readonly string[] = ['role', 'erp', ...Object.keys(bookSettings), 'journals', 'accounts', 'limits', 'capabilities'];

/** Reads what a profile says about its books. */
export function profileBooksOf(root: AssetNode): ProfileBooks {
  return {
    role: root.get('role')?.text(),
    erp: root.get('erp')?.text(),
    settings: choices(root, bookSettings),
    journals: journalsOf(root.get('journals')),
    accounts: accountsOf(root.get('accounts')),
    limits: perCurrency(root.get('limits')),
    capabilities: new Set((root.get('capabilities')?.items() ?? []).map((item) => item.text() ?? '')),
  };
}

function choices(root: AssetNode, allowed: Readonly<Record<string, readonly string[]>>): Map<string, string> {
  return new Map(
    Object.entries(allowed).map(([name, [otherwise = '', ...more]]) => [name, root.get(name)?.text([otherwise, ...more]) ?? otherwise]),
  );
}

function journalsOf(node: AssetNode | undefined): Map<string, string> {
  const told = new Map<string, string>();
  if (node?.keys(journalClasses, [])) for (const [name, value] of node.entries()) told.set(name, value.text(journalModes) ?? 'payout');
  const otherwise = told.get('default') ?? 'payout';
  return new Map(journalClasses.map((name) => [name, told.get(name) ?? otherwise]));
}

function accountsOf(node: AssetNode | undefined): RoleAccounts {
  return new Map(
    (node?.entries() ?? []).map(([role, value]) => {
      if (value.isMap()) return [role, currencies(value)];
      const account = value.text();
      return [role, new Map(account === undefined ? [] : [['*', account]])];
    }),
  );
}

function perCurrency(node: AssetNode | undefined): Map<string, ReadonlyMap<string, string>> {
  return new Map((node?.entries() ?? []).map(([name, value]) => [name, currencies(value)]));
}

function currencies(node: AssetNode): Map<string, string> {
  for (const [currency, , key] of node.entries()) {
    if (!/^[A-Z]{3}$/.test(currency)) key.report(`expected a currency code of three capital letters; got "${currency}"`);
  }
  return node.textMap();
}
