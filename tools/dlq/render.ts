import type { Cause, Difference, DryRun, DeadLetter, DeadLetterDetail, Order } from './api.js';

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

/** Open dead letters by cause, as a table. */
export function causesText(causes: readonly Cause[]): string {
  if (causes.length === 0) return 'No open dead letters.';
  const rows = causes.map((cause) => [
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
  const rows = letters.map((letter) => [
    letter.id,
    letter.state === 'closed' ? `closed: ${letter.result ?? ''}` : letter.held ? `${letter.state}, held` : letter.state,
    letter.cause,
    letter.sequence,
    letter.money ? `${letter.money.text} ${letter.money.currency}` : '-',
    String(letter.parkedBehind),
    letter.deadAt,
  ]);
  const more = next === null ? '' : '\nThere are more: narrow it down, or raise --limit.';
  return table(['ID', 'STATE', 'CAUSE', 'SEQUENCE', 'MONEY', 'PARKED', 'DEAD SINCE'], rows) + more;
}

/** One dead letter with its headers, history and payload. */
export function detailText(letter: DeadLetterDetail): string {
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
    ['trace', letter.traceId ?? 'none'],
    ['schema', letter.schema ? `${letter.schema.name} (id ${letter.schema.id})` : 'JSON'],
  ];
  const lines = facts.map(([name, value]) => `${name.padEnd(9)} ${value}`);
  const audit = letter.audit.map(({ at, done, by, reason, order }) => `${at}  ${by}  ${done}  ${order}  ${reason}`);
  const value = letter.problem === null ? JSON.stringify(letter.value, undefined, 2) : `unreadable: ${letter.problem}`;
  return [`dead letter ${letter.id}`, ...lines, ...(audit.length > 0 ? ['', 'history', ...audit] : []), '', value].join('\n');
}

/** What an edit changes, as a diff. */
export function differencesText(differences: readonly Difference[]): string {
  if (differences.length === 0) return 'Nothing is different.';
  const shown = (difference: Difference, side: 'before' | 'after'): string[] =>
    side in difference ? [`${side === 'before' ? '-' : '+'} ${difference.path}: ${JSON.stringify(difference[side])}`] : [];
  return differences.flatMap((one) => [...shown(one, 'before'), ...shown(one, 'after')]).join('\n');
}

/** What a replay would post. */
export function dryRunText(run: DryRun): string {
  const becomes = run.facts && run.facts.length > 0 ? `It becomes ${run.facts.join(', ')}. ` : '';
  if (run.problem) return `${becomes}It would be refused: ${run.problem.code}: ${run.problem.text}`;
  if (run.ignoredReason !== null) return `${becomes}Nothing would be posted: ${run.ignoredReason}.`;
  const postings = run.postings.map((posting) => {
    const open = posting.open.map((text) => `  not known yet: ${text}`);
    const calls = posting.calls.map(({ method, path, body, text }) => `  ${method} ${path}\n  (${text})\n${indented(body)}`);
    const problem = posting.problem ? [`  refused before anything is sent: ${posting.problem.code}: ${posting.problem.text}`] : [];
    return [`${posting.postingKey} (${posting.protocol})`, ...open, ...problem, ...calls].join('\n');
  });
  return [`${becomes}mapping ${run.mappingVersion?.slice(0, 12) ?? 'as it was'}; nothing was sent`, ...postings].join('\n\n');
}

/** Progress and results of a replay order. */
export function orderText(order: Order): string {
  const results = Object.entries(order.results).map(([name, count]) => `${count} ${name}`);
  const waiting = order.pending + order.given;
  return [
    `${order.id} ${order.action} ${order.state}: ${order.done + order.failed} of ${order.total} answered`,
    ...(results.length > 0 ? [results.join(', ')] : []),
    ...(waiting > 0 ? [`${waiting} to go`] : []),
    ...(order.stopped > 0 ? [`${order.stopped} left alone`] : []),
  ].join(', ');
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
