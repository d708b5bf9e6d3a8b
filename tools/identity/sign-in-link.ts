import { askConsole } from './console-api.js';
import type { ConsoleAddress } from './console-api.js';

/**
 * A link by which a browser signs in once as whoever the token is of (15 minutes). The code stands behind `#`, which browsers send nowhere.
 * @param shownUrl address that the browser opens the console by; default: the one that is asked.
 * @param person id of somebody else; for those who manage people.
 * @throws {ConsoleError}
 */
export async function signInLink(console: ConsoleAddress, shownUrl: string = console.url, person = 'me'): Promise<string> {
  const { code } = await askConsole<{ code: string }>(console, 'POST', `/identity/people/${encodeURIComponent(person)}/sign-in-link`);
  return `${shownUrl.replace(/\/+$/, '')}/sign-in/link#${code}`;
}
