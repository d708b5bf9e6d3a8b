import type { IncomingMessage } from 'node:http';
import type { Session } from '../emit/session.repository.js';
import { accessOf } from './access.js';
import { identityProblem } from './identity-problem.js';

/** The session of a request. @throws an answer 401 for an API token, and for nobody. */
export function sessionIn(request: { readonly raw: IncomingMessage }): Session {
  const session = accessOf(request)?.session;
  if (session) return session;
  throw identityProblem('identity.session-needed');
}
