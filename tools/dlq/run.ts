import { apiAt, ApiError } from './api.js';
import { parseCommandLine, UsageError } from './arguments.js';
import { commands } from './commands.js';
import { showingControls } from './terminal.js';
import type { Terminal } from './terminal.js';

/** `tributary dlq ...`. @returns the exit code that the help of each command lists. */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv, given: Terminal): Promise<number> {
  const terminal = showingControls(given);
  try {
    const line = parseCommandLine(args, env);
    if ('help' in line) {
      terminal.out(line.help);
      return line.exitCode;
    }
    const command = Object.hasOwn(commands, line.command) ? commands[line.command] : undefined;
    if (!command) throw new UsageError(`"dlq ${line.command}" is in the table of commands (tools/commands) and has no code.`);
    if (line.options.namesSomebody) terminal.error('--by has no effect: who gives the order is whoever your token names.');
    return await command(line, { ask: apiAt(line.options.url, env), terminal, env });
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.error(error.message);
      return 2;
    }
    if (!(error instanceof ApiError)) throw error;
    terminal.error(`${error.code}: ${error.message}`);
    return error.code === 'unreachable' ? 3 : 1;
  }
}
