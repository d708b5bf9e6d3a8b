import type { MoneyChangeView } from '@tributary/contracts';
import type { MoneyChange } from './money-changes.js';

const longestValue = 200;

/** Changes of money as texts, for people and for the audit trail. */
export function shownChanges(money: readonly MoneyChange[]): MoneyChangeView[] {
  return money.map(({ path, before, after }) => ({ path, before: textOf(before), after: textOf(after) }));
}

function textOf(value: unknown): string {
  const text = JSON.stringify(value ?? null, (_key, one: unknown) => (typeof one === 'bigint' ? one.toString() : one)) ?? 'nothing';
  return text.length <= longestValue ? text : `${text.slice(0, longestValue)}…`;
}
