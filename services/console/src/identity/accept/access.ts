import type { IncomingMessage } from 'node:http';
import type { Identity } from '@tributary/identity';
import type { Session } from '../emit/session.repository.js';

/** Who makes a request, and by which session; without one it is an API token or a service's. */
export interface Access {
  readonly identity: Identity;
  readonly session: Session | undefined;
  /** The token of a request without a session, as it came. */
  readonly token: string | undefined;
}

const known = new WeakMap<IncomingMessage, Access>();

/** Remembers who makes a request. */
export function rememberAccess(request: IncomingMessage, access: Access): void {
  known.set(request, access);
}

/** Who makes a request; undefined: nobody who is known. */
export function accessOf(request: { readonly raw: IncomingMessage }): Access | undefined {
  return known.get(request.raw);
}
