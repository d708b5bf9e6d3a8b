import type { LogLevelView } from '@tributary/contracts';
import type { Understood } from '#commands/command-line.mjs';
import { apiAt, ApiError } from '../dlq/api.js';
import { showingControls } from '../dlq/terminal.js';
import type { Terminal } from '../dlq/terminal.js';

const defaultPorts: Readonly<Record<string, number>> = { ingest: 4010, transform: 4020, 'erp-sink': 4030, recon: 4040, console: 4000 };
const wrongCommandLine = 2;
type Given = Extract<Understood, { kind: 'run' }>;

/**
 * `tributary log-level <service> [<level> --for 10m --logger kafka]`.
 * @param running address of a service of the stack on this machine. @returns the exit code that the help lists.
 */
export async function setLogLevel(
  given: Given,
  env: NodeJS.ProcessEnv,
  { running, terminal: raw }: { running: (service: string) => string | undefined; terminal: Terminal },
): Promise<number> {
  const terminal = showingControls(raw);
  const [service = '', level] = given.arguments;
  const port = defaultPorts[service];
  const body = level === undefined ? undefined : orderOf(given, level);
  const problem = port === undefined ? `${service}: expected ${Object.keys(defaultPorts).join(', ')}` : body;
  if (typeof problem === 'string') {
    terminal.error(problem);
    return wrongCommandLine;
  }
  const named = optionOf(given, 'url') ?? env[`TRIBUTARY_${service.toUpperCase().replace('-', '_')}_URL`];
  const url = named ?? running(service) ?? `http://127.0.0.1:${port}`;
  try {
    const view = await apiAt(url.replace(/\/+$/, ''), env, service)<LogLevelView>(body === undefined ? 'GET' : 'PUT', '/log-level', body);
    terminal.out(given.values.json === undefined ? sentencesOf(service, view).join('\n') : JSON.stringify(view));
    return 0;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    terminal.error(`${error.code}: ${error.message}`);
    return error.code === 'unreachable' ? 3 : 1;
  }
}

/** What is asked of the service; a text: what is wrong with the command line. */
function orderOf(given: Given, level: string): object | string {
  const [reason, logger, forMinutes] = [optionOf(given, 'reason'), optionOf(given, 'logger'), minutesOf(optionOf(given, 'for') ?? '10m')];
  if (!reason) return 'Why? Give --reason "...": it is kept in the audit trail.';
  if (forMinutes === undefined) return '--for: expected minutes or hours, e.g. 10m or 2h';
  return { level, forMinutes, reason, ...(logger === undefined ? {} : { logger }) };
}

function sentencesOf(service: string, { level, until, loggers, names }: LogLevelView): string[] {
  return [
    level === null ? `${service} logs at the level of its configuration.` : `${service} logs at level ${level} until ${until}.`,
    ...loggers.map(
      (one) => `  ${one.logger}*: ${one.level}${one.until === null ? ', by LOG_LEVELS' : ` until ${one.until}`}${fits(one.logger, names)}`,
    ),
    `  loggers: ${names.join(', ')}`,
  ];
}

/** A logger that has written nothing yet is not known; its level counts all the same. */
function fits(beginning: string, names: readonly string[]): string {
  return names.some((name) => name.toLowerCase().startsWith(beginning.toLowerCase())) ? '' : ' (no logger of that name has written yet)';
}

function optionOf({ values }: Given, name: string): string | undefined {
  return values[name]?.at(-1)?.toString();
}

/** Minutes of `10m` or `2h`; undefined for anything else. */
export function minutesOf(text: string): number | undefined {
  const [, number, unit] = /^([1-9]\d{0,3})(m|h)$/.exec(text) ?? [];
  return number === undefined ? undefined : Number(number) * (unit === 'h' ? 60 : 1);
}
