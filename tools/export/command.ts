import { writeFileSync } from 'node:fs';
import type { Understood } from '#commands/command-line.mjs';
import { ApiError, textAt } from '../dlq/api.js';
import { showingControls } from '../dlq/terminal.js';
import type { Terminal } from '../dlq/terminal.js';

/** Lists of the console that are a file, and where recon has it. */
export const exportedLists: Readonly<Record<string, string>> = {
  payments: '/payments.csv',
  customers: '/customers.csv',
  movements: '/movements.csv',
  documents: '/reconciliation/documents.csv',
  events: '/events.csv',
  'canonical-events': '/canonical-events.csv',
  postings: '/postings.csv',
  outcomes: '/outcomes.csv',
  'dead-letters': '/dead-letters.csv',
  causes: '/dead-letters/causes.csv',
  sequences: '/dead-letters/sequences.csv',
  parked: '/dead-letters/parked.csv',
  orders: '/dead-letter-orders.csv',
  audit: '/audit.csv',
};

/** `tributary export <list>`: a whole list as the file that the console makes of it, with its last line. @returns the exit code. */
export async function exportList(
  { values, arguments: [list = ''] }: Extract<Understood, { kind: 'run' }>,
  env: NodeJS.ProcessEnv,
  given: Terminal,
): Promise<number> {
  const terminal = showingControls(given);
  const path = Object.hasOwn(exportedLists, list) ? exportedLists[list] : undefined;
  if (path === undefined) {
    terminal.error(`There is no list "${list}". Lists: ${Object.keys(exportedLists).join(', ')}.`);
    return 2;
  }
  const filters = filtersOf((values.where ?? []) as readonly string[]);
  if (typeof filters === 'string') {
    terminal.error(filters);
    return 2;
  }
  const url = ((values.url?.at(-1) as string | undefined) ?? env.TRIBUTARY_RECON_URL ?? 'http://127.0.0.1:4040').replace(/\/+$/, '');
  try {
    const text = await textAt(`${url}${path}${filters.size === 0 ? '' : `?${filters.toString()}`}`, env);
    const file = values.out?.at(-1);
    if (typeof file === 'string') writeFileSync(file, text);
    else terminal.out(text.replaceAll('\r\n', '\n').trimEnd());
    return /"?end of the list"?,[^\n]*\r?\n$/.test(text) ? 0 : 4;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    terminal.error(`${error.code}: ${error.message}`);
    return error.code === 'unreachable' ? 3 : 1;
  }
}

/** `name=value` each, as the address of a list has them; a text that says what is wrong. */
export function filtersOf(given: readonly string[]): URLSearchParams | string {
  const filters = new URLSearchParams();
  for (const one of given) {
    const at = one.indexOf('=');
    if (at < 1) return `--where takes name=value, as the address of the list in the console has it: ${one}`;
    filters.set(one.slice(0, at), one.slice(at + 1));
  }
  return filters;
}
