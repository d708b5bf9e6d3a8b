import type { Understood } from '#commands/command-line.mjs';
import { apiAt, ApiError } from '../dlq/api.js';
import type { Ask } from '../dlq/api.js';
import { showingControls } from '../dlq/terminal.js';
import type { Terminal } from '../dlq/terminal.js';

/** A command line that was understood. */
export type Line = Extract<Understood, { kind: 'run' }>;

/** A command that reads something and prints it. */
export interface Reading<Answer> {
  readonly service: 'recon' | 'erp-sink';
  readonly read: (ask: Ask, option: (name: string) => string | undefined) => Promise<Answer>;
  /** What people read of it. */
  readonly text: (answer: Answer) => string;
  /** Exit code of an answer; default: 0. */
  readonly codeOf?: (answer: Answer) => number;
}

const defaults = {
  recon: { variable: 'TRIBUTARY_RECON_URL', url: 'http://127.0.0.1:4040' },
  'erp-sink': { variable: 'TRIBUTARY_ERP_SINK_URL', url: 'http://127.0.0.1:4030' },
} as const;

/** Reads, and prints what came: with `--json` as it came. @returns the exit code: 1 refused, 3 no answer, else that of the answer. */
export async function printAnswer<Answer>(
  { values }: Line,
  env: NodeJS.ProcessEnv,
  given: Terminal,
  { service, read, text, codeOf = () => 0 }: Reading<Answer>,
): Promise<number> {
  const terminal = showingControls(given);
  const option = (name: string): string | undefined => values[name]?.at(-1) as string | undefined;
  const { variable, url } = defaults[service];
  try {
    const answer = await read(apiAt((option('url') ?? env[variable] ?? url).replace(/\/+$/, ''), env, service), option);
    terminal.out(values.json === undefined ? text(answer) : JSON.stringify(answer));
    return codeOf(answer);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    terminal.error(`${error.code}: ${error.message}`);
    return error.code === 'unreachable' ? 3 : 1;
  }
}
