import type { TargetCheckView, TargetFindingView, TargetView } from '@tributary/contracts';
import type { Understood } from '#commands/command-line.mjs';
import { allVisible } from '../dlq/all-visible.js';
import type { FindingCode } from '@tributary/connector-kit';
import { apiAt, ApiError } from '../dlq/api.js';
import { table } from '../dlq/render-letters.js';
import { showingControls } from '../dlq/terminal.js';
import type { Terminal } from '../dlq/terminal.js';
import { findingLine } from './finding.js';

/** `tributary targets list | pause | resume | check`: how a target fares, talking to the erp-sink that serves it. @returns the exit code that the help lists. */
export async function targetCommands(
  { path, values, arguments: names }: Extract<Understood, { kind: 'run' }>,
  env: NodeJS.ProcessEnv,
  given: Terminal,
): Promise<number> {
  const terminal = showingControls(given);
  const option = (name: string): string | undefined => values[name]?.at(-1) as string | undefined;
  const what = path.at(-1);
  const reason = option('reason');
  if ((what === 'pause' || what === 'resume') && !reason) {
    terminal.error('Why? Give --reason "...": it is shown to everybody who looks at the target.');
    return 2;
  }
  const url = (option('url') ?? env.TRIBUTARY_ERP_SINK_URL ?? 'http://127.0.0.1:4030').replace(/\/+$/, '');
  const ask = apiAt(url, env, 'erp-sink');
  const address = `/targets/${encodeURIComponent(names[0] ?? '')}/${what}`;
  try {
    if (what === 'check') {
      const found = await ask<TargetCheckView>('POST', address, {});
      terminal.out(values.json === undefined ? linesOf(allVisible(found.findings), names[0] ?? '') : JSON.stringify(found));
      return found.findings.some(({ level }) => level === 'missing') ? 1 : 0;
    }
    const targets =
      what === 'list'
        ? (await ask<{ targets: TargetView[] }>('GET', '/targets')).targets
        : [await ask<TargetView>('POST', address, { reason })];
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
    ['TARGET', 'STATE', 'SINCE', 'OPEN', 'UNKNOWN', 'HELD', 'GROUPS', 'LAST WRITTEN', 'BY', 'REASON'],
    targets.map(({ target, state, paused, breaker, postings, batches, lastSuccessAt }) => [
      target,
      state,
      paused?.at ?? breaker?.since ?? '',
      ...[postings.open, postings.unknown, postings.held, batches.open].map(String),
      lastSuccessAt ?? '',
      paused?.by ?? '',
      paused?.reason ?? breaker?.code ?? '',
    ]),
  );
}

function linesOf(findings: readonly TargetFindingView[], target: string): string {
  return findings.map(({ code, level, text, fix }) => findingLine({ code: code as FindingCode, level, target, text, fix })).join('\n');
}
