import type { AmountView, CauseView, OrderView, SequenceView } from '@tributary/contracts';
import { amountCell, CsvSheet } from '../../shared/decide/csv-sheet.js';

/** Sums in one cell, one per currency: `21.00 USD; 3.00 EUR`. */
function sumsCell(amounts: readonly AmountView[]): string {
  return amounts.map((amount) => `${amountCell(amount) ?? ''} ${amount.currency}`).join('; ');
}

/** The file of causes. */
export const causeSheet = new CsvSheet<CauseView>({
  cause: ({ cause }) => cause,
  group: ({ group }) => group,
  held: ({ held }) => (held ? 'yes' : 'no'),
  letters: ({ count }) => String(count),
  'in an order': ({ ordered }) => String(ordered),
  'waiting behind': ({ parkedBehind }) => String(parkedBehind),
  'money at risk': ({ moneyAtRisk }) => sumsCell(moneyAtRisk),
  'money behind': ({ moneyBehind }) => sumsCell(moneyBehind),
  'oldest (UTC)': ({ oldestAt }) => oldestAt,
  'newest (UTC)': ({ newestAt }) => newestAt,
  example: ({ example }) => example,
});

/** The file of sequences that stand still. */
export const sequenceSheet = new CsvSheet<SequenceView>({
  'oldest (UTC)': ({ oldestAt }) => oldestAt,
  sequence: ({ sequence }) => sequence,
  group: ({ group }) => group,
  topic: ({ topic }) => topic,
  'first letter': ({ head }) => head,
  cause: ({ cause }) => cause,
  'what was wrong': ({ text }) => text,
  held: ({ held }) => (held ? 'yes' : 'no'),
  letters: ({ letters }) => String(letters),
  'in an order': ({ ordered }) => String(ordered),
  'failed replays': ({ replays }) => String(replays),
  'waiting behind': ({ parkedBehind }) => String(parkedBehind),
  money: ({ money }) => sumsCell(money),
  'looked after by': ({ assignee }) => assignee?.name ?? null,
});

/** The file of orders. */
export const orderSheet = new CsvSheet<OrderView>({
  'ordered (UTC)': ({ orderedAt }) => orderedAt,
  order: ({ id }) => id,
  action: ({ action }) => action,
  state: ({ state }) => state,
  letters: ({ total }) => String(total),
  done: ({ done }) => String(done),
  'failed again': ({ failed }) => String(failed),
  'not dispatched': ({ stopped }) => String(stopped),
  'to go': ({ pending, given }) => String(pending + given),
  by: ({ by }) => by,
  reason: ({ reason }) => reason,
  ledgers: ({ targets }) => targets.join('; '),
  'approved by': ({ approvedBy }) => approvedBy,
  'refused by': ({ refusedBy }) => refusedBy,
  'ended (UTC)': ({ endedAt }) => endedAt,
});
