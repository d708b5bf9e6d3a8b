import type { OpenItem, SumView } from '@tributary/contracts';

/** Lists of rows that an operator has to check. */
const lists: Readonly<Record<OpenItem['what'], string>> = {
  needsPerson: '/payments?standing=needsPerson',
  different: '/reconciliation?state=different',
  missing: '/reconciliation?state=missing',
  deadLetters: '/dead-letters?state=notClosed',
  parked: '/dead-letters/parked',
  stuck: '/events?stuck=true',
  ledgerEffects: '/reconciliation/documents?state=open',
};

/** Every kind of open item. */
export const openWhats = Object.keys(lists) as readonly OpenItem['what'][];

/** Open items, each with the list that it counts. Empty when nothing is open. */
export function openItems(sums: Readonly<Record<OpenItem['what'], SumView>>): OpenItem[] {
  return openWhats.filter((what) => sums[what].count > 0).map((what) => ({ what, ...sums[what], list: lists[what] }));
}
