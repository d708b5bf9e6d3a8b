import type { EffectTotal } from '@tributary/contracts';
import type { DryRun } from './api.js';

type DryPosting = DryRun['postings'][number];
type Amount = EffectTotal['debit'];

/** The lines of a document and what it would do to the books, with the sums of both sides. Empty for an answer of an older recon. */
export function documentText({ lines, effect, totals }: Partial<DryPosting>): string[] {
  return [
    ...(lines ?? []).map(({ table, key, fields }) => `  line ${table} ${key}: ${fieldsText(fields)}`),
    ...booksText(effect ?? [], totals ?? []),
  ];
}

function booksText(effect: DryPosting['effect'], totals: DryPosting['totals']): string[] {
  if (effect.length === 0) return [];
  const rows = [
    ...effect.map(({ role, account, debit, credit }) => [role, account ?? 'by the ERP', textOf(debit), textOf(credit)]),
    ...totals.map(({ debit, credit }) => ['sum', '', textOf(debit), textOf(credit)]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const text = ([role = '', account = '', debit = '', credit = '']: readonly string[]): string =>
    `    ${role.padEnd(widths[0] ?? 0)}  ${account.padEnd(widths[1] ?? 0)}  ${debit.padStart(widths[2] ?? 0)}  ${credit.padStart(widths[3] ?? 0)}`;
  return ['  books: role, account, debit, credit', ...rows.map((row) => text(row).trimEnd())];
}

function fieldsText(fields: DryPosting['lines'][number]['fields']): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name} ${value ?? '(empty)'}`)
    .join(', ');
}

function textOf(amount: Amount | null): string {
  if (amount === null) return '';
  return amount.exact ? `${amount.text} ${amount.currency}` : `${amount.minor} minor units of ${amount.currency}`;
}
