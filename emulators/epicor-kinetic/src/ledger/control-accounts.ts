import { KineticError } from '../answers.js';
import type { Transaction } from '../store.js';

/**
 * What the company has set up as GL controls: the account that a document takes when nothing names one. A real server keeps them in
 * GL control codes with contexts; one account per purpose is assumed.
 */
export type ControlPurpose = 'AR' | 'Revenue' | 'Returns' | 'FxGain' | 'FxLoss' | `Cash ${string}`;

/** The account of a purpose. @throws {KineticError} when none is set up. */
export function controlAccount(company: string, purpose: ControlPurpose, transaction: Transaction): string {
  const row = transaction.row('GLControl', `${company}~${purpose}`);
  if (!row) throw new KineticError('business', `GL control ${purpose} is not set up.`, { table: 'GLControl', field: 'GLAccount' });
  return String(row.GLAccount);
}

/** @throws {KineticError} for an account that is not in the chart of accounts (text assumed). */
export function checkAccount(company: string, account: unknown, table: string, transaction: Transaction): void {
  if (!transaction.row('GLAccount', `${company}~${String(account)}`))
    throw new KineticError('business', `GL Account ${String(account)} is invalid.`, { table, field: 'GLAccount' });
}
