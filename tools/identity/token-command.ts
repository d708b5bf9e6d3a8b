import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { identityFolder, keyFile, readTerms, signLocalToken, workspaceRoot } from '@tributary/local-stack';
import type { Understood } from '#commands/command-line.mjs';
import type { Environment } from '../stack/settings.js';

const exitCodes = { printed: 0, noStack: 3 } as const;

/** Folder of keys and tokens of the stack that runs here. */
export function identityFolderOf(env: Environment): string {
  return identityFolder(resolve(workspaceRoot, env.TRIBUTARY_STATE_DIR || '.tributary'));
}

/**
 * `npm run -s token`: prints a token for scripts on the stack of this machine. It may read and order nothing, for a day; it is stored nowhere.
 * @param out standard output: the token and nothing else. @param error where it is said that there are no keys.
 * @returns the exit code.
 */
export function tokenCommand(
  { values }: Pick<Extract<Understood, { kind: 'run' }>, 'values'>,
  env: Environment,
  out: (line: string) => void,
  error: (line: string) => void,
): number {
  const folder = identityFolderOf(env);
  if (!existsSync(keyFile(folder, 'console'))) {
    error('There are no keys yet: `npm start` makes them. For another installation make a token in its console.');
    return exitCodes.noStack;
  }
  const hours = values.hours?.at(-1);
  out(signLocalToken(folder, hours === undefined ? readTerms : { ...readTerms, lifetimeS: Number(hours) * 3_600 }));
  return exitCodes.printed;
}
