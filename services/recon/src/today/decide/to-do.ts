import type { CauseView, SumView, ToDoView } from '@tributary/contracts';
import { sumView } from '../../shared/decide/amount-view.js';

/** What is open apart from dead letters: its sum, and since when the oldest waits. */
export interface OpenSum {
  readonly what: Exclude<ToDoView['what'], 'deadLetters'>;
  readonly sum: SumView;
  readonly oldestAt: string | null;
}

const lists: Readonly<Record<OpenSum['what'], string>> = {
  parked: '/dead-letters/parked',
  different: '/reconciliation?state=different',
  missing: '/reconciliation?state=missing',
  ledgerEffects: '/reconciliation/documents?state=open',
  stuck: '/events?stuck=true',
  approvals: '/dead-letter-orders?state=waiting-approval',
  notifications: '/notifications?state=firing',
};

/** What has to be done by a person, one row per cause, the longest waiting first. Causes that are held and not held are one: one list has both. */
export function toDoOf(causes: readonly CauseView[], others: readonly OpenSum[]): ToDoView[] {
  const byCause = new Map<string, CauseView[]>();
  for (const cause of causes) {
    const key = JSON.stringify([cause.cause, cause.group]);
    byCause.set(key, [...(byCause.get(key) ?? []), cause]);
  }
  const letters = [...byCause.values()].flatMap((same) => letterRow(same) ?? []);
  const rest = others
    .filter(({ sum }) => sum.count > 0)
    .map(({ what, sum, oldestAt }): ToDoView => ({ what, cause: null, group: null, example: null, ...sum, oldestAt, list: lists[what] }));
  return [...letters, ...rest].sort((one, other) => compare(one.oldestAt ?? '~', other.oldestAt ?? '~'));
}

function letterRow(same: readonly CauseView[]): ToDoView | undefined {
  const [newest] = [...same].sort((one, other) => compare(other.newestAt, one.newestAt));
  if (!newest) return undefined;
  const { cause, group, example } = newest;
  const amounts = same.flatMap(({ moneyAtRisk }) => moneyAtRisk).map(({ minor, currency }) => ({ count: 0, minor, currency }));
  const list = `/dead-letters?${new URLSearchParams({ state: 'notClosed', cause, group }).toString()}`;
  const [oldestAt = null] = same.map((one) => one.oldestAt).sort();
  return {
    ...{ what: 'deadLetters' as const, cause, group, example, oldestAt, list },
    count: same.reduce((sum, { count }) => sum + count, 0),
    amounts: sumView(amounts).amounts,
  };
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
