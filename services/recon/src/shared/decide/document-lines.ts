import type { DocumentLineView, EffectLineView } from '@tributary/contracts';
import { amountView } from './amount-view.js';

type Fields = Readonly<Record<string, unknown>>;

/** The stored lines of a document for display. Never throws: a row that is not a line is left out. */
export function documentLines(value: unknown): DocumentLineView[] {
  return rowsOf(value).map(({ table, key, fields }) => {
    const named = typeof fields === 'object' && fields !== null ? Object.entries(fields) : [];
    return {
      table: textOf(table),
      key: textOf(key),
      fields: Object.fromEntries(named.map(([name, field]) => [name, typeof field === 'string' ? field : null])),
    };
  });
}

/** A stored effect for display. Never throws: a row that is not a line is left out, and an invalid amount is marked. */
export function effectLines(value: unknown): EffectLineView[] {
  return rowsOf(value).map(({ role, account, currency, debit, credit }) => {
    const amount = (minor: unknown): EffectLineView['debit'] => (typeof minor === 'string' ? amountView(minor, textOf(currency)) : null);
    return { role: textOf(role), account: typeof account === 'string' ? account : null, debit: amount(debit), credit: amount(credit) };
  });
}

function rowsOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter((row): row is Fields => typeof row === 'object' && row !== null) : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
