import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { TokenRefusedError, verifyToken, withdrawnBy } from '@tributary/identity';
import type { Identity, KeySet } from '@tributary/identity';
import { IdentityMissingError } from '@tributary/platform';
import type { AuthenticatedRequest, Authenticator } from '@tributary/platform';
import type { IdentityAuthority } from '../emit/identity-authority.js';
import { subjectOf } from '../emit/person.repository.js';
import { csrfTokenOf } from '../emit/random-secret.js';
import type { Session } from '../emit/session.repository.js';
import type { Access } from './access.js';
import { accessOf, rememberAccess } from './access.js';
import { cookieName, cookies, readCookie } from './cookies.js';
import { identityProblems } from './identity-problem.js';

/** Why a request is refused before a handler sees it. */
export interface GateRefusal {
  readonly status: number;
  readonly error: string;
  readonly message: string;
}

/** Header that the page sends with what it asks by itself, so that this does not keep a session alive. */
export const backgroundHeader = 'x-background';

/**
 * Finds out who makes a request: an API token (`Authorization`), or the session of a cookie, which for everything that is not a GET needs
 * the session's CSRF token. The guard of the service then decides about the permission.
 */
export class SessionGate implements Authenticator {
  /** @param keySet public keys of all issuers, as they are now. */
  constructor(
    private readonly authority: IdentityAuthority,
    private readonly keySet: () => Promise<KeySet>,
    private readonly secure: boolean,
  ) {}

  /** @returns why the request is refused; undefined when it goes on, with or without an identity. */
  async admit(request: IncomingMessage): Promise<GateRefusal | undefined> {
    const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (bearer !== undefined) return this.admitToken(request, bearer.trim());
    const id = this.sessionIdOf(request.headers);
    const session = id === undefined ? undefined : await this.authority.sessions.find(id, isByPerson(request));
    if (!session) return undefined;
    if (request.method !== 'GET' && request.method !== 'HEAD' && !hasCsrfToken(session, request.headers)) {
      const [status, message] = identityProblems['identity.csrf'];
      return { status, error: 'identity.csrf', message };
    }
    rememberAccess(request, accessBy(session));
    return undefined;
  }

  /** For the guard: who was admitted. @throws {IdentityMissingError} */
  authenticate(request: AuthenticatedRequest): Promise<Identity> {
    const access = accessOf(request as unknown as { readonly raw: IncomingMessage });
    return access ? Promise.resolve(access.identity) : Promise.reject(new IdentityMissingError('Sign in first.'));
  }

  /** Who somebody is now, with the rights of now; undefined when the session or token has ended. Asked while a stream is open. */
  async identityNow({ identity, session, token }: Access): Promise<Identity | undefined> {
    if (session) {
      const now = await this.authority.sessions.find(session.id, false);
      return now ? accessBy(now).identity : undefined;
    }
    if (token === undefined) return identity;
    const verified = await this.verified(token);
    return 'subject' in verified ? verified : undefined;
  }

  /** The secret of the session cookie of a request. */
  sessionIdOf(headers: IncomingHttpHeaders): string | undefined {
    return readCookie(headers.cookie, cookieName(cookies.session, this.secure));
  }

  private async admitToken(request: IncomingMessage, token: string): Promise<GateRefusal | undefined> {
    const verified = await this.verified(token);
    if (!('subject' in verified)) return verified;
    rememberAccess(request, { identity: verified, session: undefined, token });
    return undefined;
  }

  private async verified(token: string): Promise<Identity | GateRefusal> {
    try {
      const identity = await verifyToken(token, await this.keySet(), new Date());
      const isWithdrawn = withdrawnBy(await this.authority.revocations.current(new Date()));
      return isWithdrawn(identity) ? { status: 401, error: 'identity.withdrawn', message: 'The token was withdrawn.' } : identity;
    } catch (error) {
      if (error instanceof TokenRefusedError) return { status: 401, error: error.code, message: error.message };
      throw error;
    }
  }
}

/** Live streams are opened again by the page itself, and browsers let it set no header for them. */
function isByPerson({ url, headers }: IncomingMessage): boolean {
  return headers[backgroundHeader] === undefined && !/^\/api\/feed(?:\?|$)/.test(url ?? '');
}

function accessBy(session: Session): Access {
  const { id, name, grants } = session.person;
  return { identity: { subject: subjectOf(id), name, grants }, session, token: undefined };
}

function hasCsrfToken({ id }: Session, headers: IncomingHttpHeaders): boolean {
  const given = Buffer.from(String(headers['x-csrf-token'] ?? ''));
  const expected = Buffer.from(csrfTokenOf(id));
  return given.length === expected.length && timingSafeEqual(given, expected);
}
