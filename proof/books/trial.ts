import type { CellAssets } from './assets.js';
import { decimalOf, thousandths } from './decimals.js';
import type { LedgerBalance } from './erp-under-test.js';

/** Role, and debit less credit in thousandths. */
export type Line = readonly [role: string, amount: bigint];

/** Role, with its currency as golden files write it (`CLR-USD`, `AR GBP`) -> debits less credits in thousandths; roles at 0 are left out. */
export type Trial = ReadonlyMap<string, bigint>;

/** Currency of the demo company's book. */
const bookCurrency = 'USD';

/** A trial balance of the ERP's accounts, by role. An account without a role stands under its own number. */
export function byRole(balances: readonly LedgerBalance[], { roles }: Pick<CellAssets, 'roles'>): Trial {
  return summed(balances.map((row) => [roleIn(row, roles), thousandths(String(row.debit)) - thousandths(String(row.credit))]));
}

/** Lines of one role become one, and roles at 0 none. */
export function summed(lines: Iterable<Line>): Trial {
  const sums = new Map<string, bigint>();
  for (const [role, amount] of lines) sums.set(role, (sums.get(role) ?? 0n) + amount);
  return new Map([...sums].filter(([, amount]) => amount !== 0n));
}

/** Debits are positive. Lines of one role are one line, and lines of 0 are none. */
export function linesText(lines: Iterable<Line>): string {
  const rows = [...summed(lines)].sort(([a], [b]) => (a < b ? -1 : 1));
  return rows.map(([role, amount]) => `${role} ${decimalOf(amount)}`).join(', ') || 'nothing';
}

/** Role of an account; with the currency where neither the account nor the book has just that one. */
function roleIn({ account, currency }: Pick<LedgerBalance, 'account' | 'currency'>, roles: ReadonlyMap<string, string>): string {
  const role = roles.get(account) ?? account;
  return role.endsWith(`-${currency}`) || currency === bookCurrency ? role : `${role} ${currency}`;
}
