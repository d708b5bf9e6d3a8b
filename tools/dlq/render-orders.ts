import type { OrderedLetter, OrdersView } from '@tributary/contracts';
import { allVisible } from './all-visible.js';
import type { Difference, DryRun, Order, OrderPreview } from './api.js';
import { table } from './render-letters.js';
import { documentText } from './render-document.js';

/** What an edit changes, as a diff. */
export function differencesText(differences: readonly Difference[]): string {
  if (differences.length === 0) return 'Nothing is different.';
  const shown = (difference: Difference, side: 'before' | 'after'): string[] =>
    side in difference ? [`${side === 'before' ? '-' : '+'} ${difference.path}: ${JSON.stringify(difference[side])}`] : [];
  return allVisible(differences)
    .flatMap((one) => [...shown(one, 'before'), ...shown(one, 'after')])
    .join('\n');
}

/** What a replay would post. */
export function dryRunText(given: DryRun): string {
  const run = allVisible(given);
  const becomes = run.facts && run.facts.length > 0 ? `It becomes ${run.facts.join(', ')}. ` : '';
  if (run.problem) return `${becomes}It would be refused: ${run.problem.code}: ${run.problem.text}`;
  if (run.ignoredReason !== null) return `${becomes}Nothing would be posted: ${run.ignoredReason}.`;
  const postings = run.postings.map((posting) => {
    const open = posting.open.map((text) => `  not known yet: ${text}`);
    const calls = posting.calls.map(({ method, path, body, text }) => `  ${method} ${path}\n  (${text})\n${indented(body)}`);
    const problem = posting.problem ? [`  refused before anything is sent: ${posting.problem.code}: ${posting.problem.text}`] : [];
    return [`${posting.postingKey} (${posting.protocol})`, ...open, ...problem, ...documentText(posting), ...calls].join('\n');
  });
  return [`${becomes}mapping ${run.mappingVersion?.slice(0, 12) ?? 'as it was'}; nothing was sent`, ...postings].join('\n\n');
}

/** What somebody is asked to approve. */
export function approvalText(given: Order): string {
  const order = allVisible(given);
  return [
    `${order.id}: ${order.action} ${order.total}${order.targets.length > 0 ? ` of ${order.targets.join(', ')}` : ''}, ordered by ${order.by} (${order.subject ?? 'unknown'})`,
    `  because: ${order.reason}`,
    ...order.waitsFor.map((why) => `  needs you: ${why}`),
    `  content: ${order.contentHash ?? 'unknown'}`,
  ].join('\n');
}

/** How many letters and how much money an order would be about. */
export function previewText(given: OrderPreview): string {
  const { letters, sequences, money, withoutMoney, targets, waitsFor } = allVisible(given);
  const sums = money.map(({ text, currency, exact }) => (exact ? `${text} ${currency}` : `${text} ${currency} (minor units)`));
  const unknown = withoutMoney === 0 ? [] : [`${withoutMoney} of them without a known amount`];
  return [
    `${letters} dead letter${letters === 1 ? '' : 's'} of ${sequences} sequence${sequences === 1 ? '' : 's'}`,
    ...sums,
    ...unknown,
    ...(targets.length === 0 ? [] : [`of ${targets.join(', ')}`]),
    ...waitsFor.map((why) => `somebody else has to approve it (${why})`),
  ].join(', ');
}

/** Most letters that are named of those that an order leaves out. */
const namedAtMost = 10;

/** What fits an order and stays a dead letter, a line for each. */
export function leftOutLines(given: OrderPreview): string[] {
  const leftOut = allVisible(given.leftOut);
  const more = leftOut.length - namedAtMost;
  return [
    ...leftOut.slice(0, namedAtMost).map(({ letter, text }) => `${letter} stays a dead letter: ${text}`),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
}

/** Progress and results of a replay order. */
export function orderText(given: Order): string {
  const order = allVisible(given);
  const results = Object.entries(order.results).map(([name, count]) => `${count} ${name}`);
  const waiting = order.pending + order.given;
  return [
    `${order.id} ${order.action} ${order.state}: ${order.done + order.failed} of ${order.total} answered`,
    ...(results.length > 0 ? [results.join(', ')] : []),
    ...(waiting > 0 ? [`${waiting} to go`] : []),
    ...(order.stopped > 0 ? [`${order.stopped} left alone`] : []),
    ...(order.state === 'paused' ? [`paused by ${order.pausedBy ?? 'somebody'} (${order.pauseReason ?? 'no reason'})`] : []),
  ].join(', ');
}

/** A page of orders, a line for each, and where the next one begins. */
export function ordersText({ orders, next, total }: OrdersView): string {
  if (orders.length === 0) return 'There is no such order.';
  const lines = allVisible(orders).map((order) => `${order.orderedAt}  ${order.by}  ${orderText(order)}  (${order.reason})`);
  const rest = next === null ? [] : [`\n${total.count} orders fit. Those that follow: --after ${allVisible(next)}. All of them: --csv.`];
  return [...lines, ...rest].join('\n');
}

/** JSON text on several lines without changing a digit of its numbers. */
function indented(body: string): string {
  if (body === '') return '';
  const exact = JSON as unknown as {
    parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
    rawJSON(text: string): unknown;
  };
  const value = exact.parse(body, (_key, one, { source }) =>
    typeof one === 'number' && source !== undefined ? exact.rawJSON(source) : one,
  );
  return JSON.stringify(value, undefined, 2).replace(/^/gm, '    ');
}

/** Letters of an order as a table. */
export function orderedLettersText(letters: readonly OrderedLetter[]): string {
  if (letters.length === 0) return 'It has no such letter.';
  const rows = allVisible(letters).map(({ letter, sequence, cause, money, state, result, again }) => [
    ...[letter, sequence, cause, money ? `${money.text} ${money.currency}` : '-', result ?? state, again ?? '-'],
  ]);
  return table(['LETTER', 'SEQUENCE', 'CAUSE', 'MONEY', 'WHAT CAME OF IT', 'AGAIN AS'], rows);
}
