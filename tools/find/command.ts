import type { Understood } from '#commands/command-line.mjs';
import type { SearchView } from '@tributary/contracts';
import { allVisible } from '../dlq/all-visible.js';
import { apiAt, ApiError } from '../dlq/api.js';
import { table } from '../dlq/render-letters.js';
import { showingControls } from '../dlq/terminal.js';
import type { Terminal } from '../dlq/terminal.js';

/** `tributary find <text>`: anything by any of its ids, as recon knows it. @returns the exit code. */
export async function find(
  { values, arguments: given }: Extract<Understood, { kind: 'run' }>,
  env: NodeJS.ProcessEnv,
  on: Terminal,
): Promise<number> {
  const terminal = showingControls(on);
  const url = ((values.url?.at(-1) as string | undefined) ?? env.TRIBUTARY_RECON_URL ?? 'http://127.0.0.1:4040').replace(/\/+$/, '');
  try {
    // In the body: addresses of requests are logged on their way, and an e-mail address may be looked for.
    const answer = await apiAt(url, env)<SearchView>('POST', '/search', { q: given[0] ?? '' });
    terminal.out(values.json ? JSON.stringify(answer) : foundText(answer));
    return answer.found.length === 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    terminal.error(`${error.code}: ${error.message}`);
    return error.code === 'unreachable' ? 3 : 1;
  }
}

/** What was found as a table, and what was not searched. */
export function foundText({ found, more, hint }: SearchView): string {
  const rows = allVisible(found).map(({ kind, id, title, at, address }) => [kind, id, title === id ? '' : title, at ?? '', address]);
  const lines = rows.length === 0 ? 'Nothing is found.' : table(['KIND', 'ID', 'WHAT', 'SINCE', 'REQUEST'], rows);
  return [lines, ...(more ? ['There are more: type more of it.'] : []), ...(hint === null ? [] : [hint])].join('\n');
}
