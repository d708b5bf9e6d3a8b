import { apiAt, ApiError } from './api.js';
import { parseCommandLine, UsageError } from './arguments.js';
import { commands } from './commands.js';
import { help } from './help.js';
import type { Terminal } from './terminal.js';

/** The whole command. @returns the exit code that help.ts lists. */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv, terminal: Terminal): Promise<number> {
  try {
    const line = parseCommandLine(args, env);
    if (line.help || line.command === '' || line.command === 'help') {
      terminal.out(help);
      return line.help || line.command === 'help' ? 0 : 2;
    }
    const command = Object.hasOwn(commands, line.command) ? commands[line.command] : undefined;
    if (!command) throw new UsageError(`There is no command "${line.command}". There are: ${Object.keys(commands).join(', ')}.`);
    return await command(line, { ask: apiAt(line.options.url), terminal, env });
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.error(`${error.message}\nMore: tributary dlq --help`);
      return 2;
    }
    if (!(error instanceof ApiError)) throw error;
    terminal.error(`${error.code}: ${error.message}`);
    return error.code === 'unreachable' ? 3 : 1;
  }
}
