import type { LogLevelView } from '@tributary/contracts';
import type { Understood } from '#commands/command-line.mjs';
import { apiAt, ApiError } from '../dlq/api.js';
import { showingControls } from '../dlq/terminal.js';
import type { Terminal } from '../dlq/terminal.js';

const defaultPorts: Readonly<Record<string, number>> = { transform: 4020, 'erp-sink': 4030, recon: 4040 };
const wrongCommandLine = 2;

/** `tributary log-level <service> <level> --for 10m`. @param running address of a service of the stack on this machine. @returns the exit code that the help lists. */
export async function setLogLevel(
  { values, arguments: [service = '', level = ''] }: Extract<Understood, { kind: 'run' }>,
  env: NodeJS.ProcessEnv,
  { running, terminal: given }: { running: (service: string) => string | undefined; terminal: Terminal },
): Promise<number> {
  const terminal = showingControls(given);
  const option = (name: string): string | undefined => values[name]?.at(-1)?.toString();
  const reason = option('reason');
  const forMinutes = minutesOf(option('for') ?? '10m');
  const port = defaultPorts[service];
  if (port === undefined) {
    terminal.error(
      `${service}: expected ${Object.keys(defaultPorts).join(', ')}. ingest and console take a signal: docs/runbooks/service-down.md`,
    );
    return wrongCommandLine;
  }
  if (!reason || forMinutes === undefined) {
    terminal.error(
      reason ? '--for: expected minutes or hours, e.g. 10m or 2h' : 'Why? Give --reason "...": it is kept in the audit trail.',
    );
    return wrongCommandLine;
  }
  const url =
    option('url') ?? env[`TRIBUTARY_${service.toUpperCase().replace('-', '_')}_URL`] ?? running(service) ?? `http://127.0.0.1:${port}`;
  try {
    const set = await apiAt(url.replace(/\/+$/, ''), env, service)<LogLevelView>('PUT', '/log-level', { level, forMinutes, reason });
    terminal.out(values.json === undefined ? `${service} logs at level ${set.level} until ${set.until}.` : JSON.stringify(set));
    return 0;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    terminal.error(`${error.code}: ${error.message}`);
    return error.code === 'unreachable' ? 3 : 1;
  }
}

/** Minutes of `10m` or `2h`; undefined for anything else. */
export function minutesOf(text: string): number | undefined {
  const [, number, unit] = /^([1-9]\d{0,3})(m|h)$/.exec(text) ?? [];
  return number === undefined ? undefined : Number(number) * (unit === 'h' ? 60 : 1);
}
