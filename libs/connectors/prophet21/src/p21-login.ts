import { finding, passed } from '@tributary/connector-kit';
import type { ErpFinding } from '@tributary/connector-kit';
import type { P21Client } from './p21-client.js';
import type { P21Config } from './p21.config.js';
import { P21RefusedError, P21SilentError } from './p21-errors.js';

/** Whether the middleware is there and takes the login. Without that every other question has the same answer. */
export async function loginFinding(
  { client, config }: { readonly client: P21Client; readonly config: P21Config },
  signal: AbortSignal,
): Promise<ErpFinding> {
  try {
    if ((await client.read('api', '/api/ui/router/v1/?urlType=external', signal)) === undefined)
      return noMiddleware(config, 'it has no router of UI servers');
    return passed('login', 'Prophet 21 gives a token for the login.');
  } catch (error) {
    const text = error instanceof Error ? error.message : 'no reason';
    if (error instanceof P21SilentError) {
      if (error.sent && !/no answer|given up/.test(text)) return noMiddleware(config, text);
      return finding(
        'check.unreachable',
        'login',
        `Prophet 21 gives no token: ${text}`,
        'Check P21_URL, and that the middleware can be reached from here.',
      );
    }
    if (/licen[cs]e/i.test(text)) return finding('check.no-licence', 'login', `Prophet 21 gives no token: ${text}`);
    const status = error instanceof P21RefusedError ? error.status : 0;
    if ([404, 405].includes(status) || (status >= 300 && status < 400)) return noMiddleware(config, text);
    // The scope of a consumer key is fixed when it is made (section 3).
    if (status === 403)
      return finding(
        'check.right-missing',
        'right',
        `Prophet 21 refuses the login a right: ${text}`,
        'Make a consumer key whose scope has /api and the UI server, or allow the login to use them.',
      );
    if (status >= 500) return finding('check.not-checked', 'login', `Prophet 21 gives no token: ${text}`);
    if (/with a new token, too/.test(text))
      return finding(
        'check.token-refused',
        'login',
        `Prophet 21 refuses its own token: ${text}`,
        'Restart the middleware; check the scope of the consumer key.',
      );
    return finding(
      'check.login-refused',
      'login',
      `Prophet 21 gives no token: ${text}`,
      'Check P21_USER and P21_PASSWORD, or P21_CONSUMER_KEY, and the licence.',
    );
  }
}

const noMiddleware = ({ url }: P21Config, why: string): ErpFinding =>
  finding(
    'check.path-wrong',
    'service',
    `What answers at ${url} is no middleware of Prophet 21: ${why}.`,
    'Check P21_URL: the root of the middleware.',
  );
