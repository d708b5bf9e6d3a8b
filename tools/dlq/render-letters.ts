import type { SequenceView } from '@tributary/contracts';
import { allVisible } from './all-visible.js';
import type { Cause, DeadLetter, DeadLetterDetail } from './api.js';

/** Columns as wide as their widest cell; the last one is not padded. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const more = '\nThere are more: narrow it down, raise --limit, or take all of it with --csv.';

/** Open dead letters by cause, as a table. */
export function causesText(causes: readonly Cause[]): string {
  if (causes.length === 0) return 'No open dead letters.';
  const rows = allVisible(causes).map((cause) => [
    cause.cause,
    cause.group,
    `${cause.count}${cause.held ? ' held' : ''}`,
    String(cause.parkedBehind),
    cause.moneyAtRisk.map(({ text, currency }) => `${text} ${currency}`).join(', ') || '-',
    cause.oldestAt,
    cause.example ?? '',
  ]);
  return table(['CAUSE', 'GROUP', 'LETTERS', 'PARKED', 'MONEY AT RISK', 'OLDEST', 'EXAMPLE'], rows);
}

/** Dead letters as a table. @param next cursor of the next page, null on the last. */
export function lettersText(letters: readonly DeadLetter[], next: string | null): string {
  if (letters.length === 0) return 'No dead letters match.';
  const rows = allVisible(letters).map((letter) => [
    letter.id,
    letter.state === 'closed' ? `closed: ${letter.result ?? ''}` : letter.held ? `${letter.state}, held` : letter.state,
    letter.cause,
    letter.sequence,
    letter.money ? `${letter.money.text} ${letter.money.currency}` : '-',
    String(letter.parkedBehind),
    String(letter.replays),
    letter.deadAt,
  ]);
  const head = ['ID', 'STATE', 'CAUSE', 'SEQUENCE', 'MONEY', 'PARKED', 'REPLAYS', 'DEAD SINCE'];
  return table(head, rows) + (next === null ? '' : more);
}

/** Sequences that stand still as a table. @param next cursor of the next page, null on the last. */
export function sequencesText(sequences: readonly SequenceView[], next: string | null): string {
  if (sequences.length === 0) return 'No sequence that fits stands still.';
  const rows = allVisible(sequences).map((one) => [
    one.sequence,
    one.topic,
    one.cause,
    `${one.letters}${one.held ? ' held' : ''}`,
    String(one.replays),
    String(one.parkedBehind),
    one.money.map(({ text, currency }) => `${text} ${currency}`).join(', ') || '-',
    one.assignee?.name ?? 'nobody',
    one.oldestAt,
  ]);
  return (
    table(['SEQUENCE', 'TOPIC', 'CAUSE', 'LETTERS', 'REPLAYS', 'PARKED', 'MONEY', 'WITH', 'OLDEST'], rows) + (next === null ? '' : more)
  );
}

/** One dead letter with its headers, history and payload. */
export function detailText(detail: DeadLetterDetail): string {
  const letter = allVisible(detail);
  const facts: [string, string][] = [
    ['state', `${letter.state}${letter.result ? `: ${letter.result}` : ''}${letter.held ? ', held for an operator' : ''}`],
    ['cause', `${letter.cause}: ${letter.text ?? ''}`],
    ['attempts', `${letter.attempts ?? 'unknown'}, first failure ${letter.firstFailureAt ?? 'unknown'}, last ${letter.deadAt}`],
    ['group', letter.group],
    ['record', `${letter.topic}/${letter.partition}/${letter.offset}`],
    ['message', `${letter.messageId} (${letter.eventType ?? 'no type'})`],
    ['event', letter.eventId],
    ['sequence', `${letter.sequence}, ${letter.parkedBehind} waiting behind it`],
    ['money', letter.money ? `${letter.money.text} ${letter.money.currency}` : 'none'],
    ['assigned', letter.assignee?.name ?? 'to nobody'],
    ['trace', letter.traceId ?? 'none'],
    ['schema', letter.schema ? `${letter.schema.name} (id ${letter.schema.id})` : 'JSON'],
  ];
  const lines = facts.map(([name, value]) => `${name.padEnd(9)} ${value}`);
  const audit = letter.audit.map(({ at, done, by, reason, order }) => `${at}  ${by}  ${done}  ${order}  ${reason}`);
  const value = letter.problem === null ? JSON.stringify(letter.value, undefined, 2) : `unreadable: ${letter.problem}`;
  return [`dead letter ${letter.id}`, ...lines, ...(audit.length > 0 ? ['', 'history', ...audit] : []), '', value].join('\n');
}
