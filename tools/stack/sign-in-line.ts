import { ConsoleError } from '../identity/console-api.js';
import { signInLink } from '../identity/sign-in-link.js';
import type { Settings } from './settings.js';

/**
 * The line by which whoever started the stack signs in at its console. It is for their screen, and not for a log: whoever reads it first is
 * signed in.
 * @returns undefined where the console knows no sign-in or does not run; what else it refuses is said.
 */
export async function signInLine({ ports, folders }: Pick<Settings, 'ports' | 'folders'>): Promise<string | undefined> {
  const url = `http://127.0.0.1:${ports.console}`;
  try {
    const link = await signInLink({ url, env: { TRIBUTARY_STATE_DIR: folders.state } });
    return `Sign in: ${link}   (once, within 15 minutes; another one: npm run -s sign-in)`;
  } catch (error) {
    if (!(error instanceof ConsoleError) || error.code === 'unreachable' || error.status === 404) return undefined;
    return `No link for signing in: ${error.message}   (npm run -s sign-in tries again)`;
  }
}
