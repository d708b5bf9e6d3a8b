import type { Understood } from '#commands/command-line.mjs';
import { root } from '../contracts/workspace.js';
import { runningState } from '../stack/run-file.js';
import { foldersOf } from '../stack/settings.js';
import type { Environment } from '../stack/settings.js';
import { ConsoleError } from './console-api.js';
import type { ConsoleAddress } from './console-api.js';
import { peopleCommands, tokenCommands } from './people-commands.js';
import type { PeopleContext } from './people-commands.js';
import { keysCommand } from './keys-command.js';
import { signInLink } from './sign-in-link.js';
import { tokenCommand } from './token-command.js';

type Run = Extract<Understood, { kind: 'run' }>;

/** Where a command writes. */
export interface Output {
  out(line: string): void;
  error(line: string): void;
}

const exitCodes = { done: 0, refused: 1, silent: 3 } as const;
const defaultConsoleUrl = 'http://127.0.0.1:4000';

/** Commands about who somebody is. Each returns its exit code. */
export const identityCommands: Readonly<Record<string, (understood: Run, env: Environment, output: Output) => Promise<number> | number>> = {
  identity: (understood, env, { out }) => keysCommand(understood, env, out),
  token: (understood, env, { out, error }) => tokenCommand(understood, env, out, error),
  people: (understood, env, output) => inConsole(peopleCommands, understood, env, output),
  tokens: (understood, env, output) => inConsole(tokenCommands, understood, env, output),
  'sign-in': (understood, env, output) =>
    reported(output, async () => {
      const console = consoleOf(understood, env);
      output.out(await signInLink(console, env.TRIBUTARY_CONSOLE_SHOWN_URL || console.url));
    }),
};

/** Runs a command of a group that asks the console. */
function inConsole(
  group: Readonly<Record<string, (understood: Run, context: PeopleContext) => Promise<void>>>,
  understood: Run,
  env: Environment,
  output: Output,
): Promise<number> {
  const name = understood.path.at(-1) as string;
  const command = group[name];
  if (!command) throw new Error(`"${understood.path.join(' ')}" is in the table of commands (tools/commands) and has no code.`);
  const console = consoleOf(understood, env);
  const context = { console, shownUrl: env.TRIBUTARY_CONSOLE_SHOWN_URL || console.url, out: (line: string) => output.out(line) };
  return reported(output, () => command(understood, context));
}

/** The console of a command: `--console`, TRIBUTARY_CONSOLE_URL, else that of the stack that runs on this machine. */
export function consoleOf({ values }: Pick<Run, 'values'>, env: Environment): ConsoleAddress {
  const given = (values.console?.at(-1) as string | undefined) ?? env.TRIBUTARY_CONSOLE_URL;
  const port = runningState(foldersOf(root, env).run)?.ports.console;
  const url = given || (port === undefined ? defaultConsoleUrl : `http://127.0.0.1:${port}`);
  return { url: url.replace(/\/+$/, ''), env };
}

/** Runs a command that asks the console. @returns its exit code; what the console refuses is said in its words. */
export async function reported({ error: say }: Output, work: () => Promise<void>): Promise<number> {
  try {
    await work();
    return exitCodes.done;
  } catch (error) {
    if (!(error instanceof ConsoleError)) throw error;
    say(`${error.code}: ${error.message}`);
    return error.code === 'unreachable' ? exitCodes.silent : exitCodes.refused;
  }
}
