import type { Understood } from '#commands/command-line.mjs';
import type { AuditPage, AuditRowView } from '@tributary/contracts';
import { csvText } from '@tributary/domain';
import { allVisible } from '../dlq/all-visible.js';
import { apiAt, ApiError } from '../dlq/api.js';
import { table } from '../dlq/render-letters.js';
import { showingControls } from '../dlq/terminal.js';
import type { Terminal } from '../dlq/terminal.js';

const columns = ['sequence', 'at', 'subject', 'name', 'action', 'object', 'target', 'reason', 'address'] as const;

/** `tributary audit list`: rows of the audit trail, newest first. @returns the exit code. */
export async function listAudit(
  { values }: Extract<Understood, { kind: 'run' }>,
  env: NodeJS.ProcessEnv,
  given: Terminal,
): Promise<number> {
  const terminal = showingControls(given);
  const query = ['subject', 'object', 'action', 'from', 'to', 'limit'].flatMap((name) => {
    const value = values[name]?.at(-1);
    return typeof value === 'string' ? [[name, value]] : [];
  });
  const url = ((values.url?.at(-1) as string | undefined) ?? env.TRIBUTARY_RECON_URL ?? 'http://127.0.0.1:4040').replace(/\/+$/, '');
  try {
    const page = await apiAt(url, env)<AuditPage>('GET', `/audit?${new URLSearchParams(query).toString()}`);
    if (values.json) terminal.out(JSON.stringify(page));
    else terminal.out(values.csv ? auditCsv(page.rows).trimEnd() : auditTable(page));
    return 0;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    terminal.error(`${error.code}: ${error.message}`);
    return error.code === 'unreachable' ? 3 : 1;
  }
}

/** Rows as CSV, with a header. */
export function auditCsv(rows: readonly AuditRowView[]): string {
  return csvText([
    [...columns, 'details', 'hash'],
    ...rows.map((row) => [...columns.map((column) => row[column]), JSON.stringify(row.details), row.hash]),
  ]).replaceAll('\r\n', '\n');
}

/** Rows as a table. */
export function auditTable({ rows, next }: AuditPage): string {
  if (rows.length === 0) return 'No rows match.';
  const cells = allVisible(rows).map((row) => [row.sequence, row.at, row.subject, row.name, row.action, row.object, row.reason ?? '']);
  const more = next === null ? '' : '\nThere are more: narrow it down, or raise --limit.';
  return table(['ROW', 'AT', 'SUBJECT', 'NAME', 'ACTION', 'OBJECT', 'REASON'], cells) + more;
}
