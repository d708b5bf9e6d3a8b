import type { TargetView } from '@tributary/contracts';
import type { Understood } from '#commands/command-line.mjs';
import { allVisible } from '../dlq/all-visible.js';
import { apiAt, ApiError } from '../dlq/api.js';
import { table } from '../dlq/render-letters.js';
import { showingControls } from '../dlq/terminal.js';
import type { Terminal } from '../dlq/terminal.js';

/** `tributary targets list | pause | resume`: whether a target is worked on, talking to the erp-sink that serves it. @returns the exit code that the help lists. */
export async function targetCommands(
  { path, values, arguments: names }: Extract<Understood, { kind: 'run' }>,
  env: NodeJS.ProcessEnv,
  given: Terminal,
): Promise<number> {
  const terminal = showingControls(given);
  const option = (name: string): string | undefined => values[name]?.at(-1) as string | undefined;
  const what = path.at(-1);
  const reason = option('reason');
  if (what !== 'list' && !reason) {
    terminal.error('Why? Give --reason "...": it is shown to everybody who looks at the target.');
    return 2;
  }
  const url = (option('url') ?? env.TRIBUTARY_ERP_SINK_URL ?? 'http://127.0.0.1:4030').replace(/\/+$/, '');
  const ask = apiAt(url, env, 'erp-sink');
  try {
    const targets =
      what === 'list'
        ? (await ask<{ targets: TargetView[] }>('GET', '/targets')).targets
        : [await ask<TargetView>('POST', `/targets/${encodeURIComponent(names[0] ?? '')}/${what}`, { reason })];
    terminal.out(values.json === undefined ? textOf(allVisible(targets)) : JSON.stringify(targets));
    return 0;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    terminal.error(`${error.code}: ${error.message}`);
    return error.code === 'unreachable' ? 3 : 1;
  }
}

function textOf(targets: readonly TargetView[]): string {
  return table(
    ['TARGET', 'STATE', 'SINCE', 'BY', 'REASON'],
    targets.map(({ target, paused }) => [target, paused ? 'paused' : 'active', paused?.at ?? '', paused?.by ?? '', paused?.reason ?? '']),
  );
}
