import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { KineticError } from './answers.js';
import type { EmulatorConfig } from './emulator.config.js';

const tokenLifetimeS = 3_600;

/** Logins, API keys, tokens and sessions: docs/reference/epicor-kinetic.md section 3. Tokens and sessions end with the process. */
export class AccessControl {
  private readonly tokens = new Set<string>();
  private readonly sessions = new Map<string, string>();

  constructor(private readonly config: EmulatorConfig) {}

  /**
   * v2 needs a login (Basic or Bearer) and the API key, in `x-api-key` or `api-key=` [verified]. 401 for a missing or unknown
   * key is assumed there.
   * @returns the user.
   */
  authenticate(request: IncomingMessage, query: URLSearchParams): string {
    if (!this.knows(request.headers.authorization ?? '')) throw new KineticError('unauthorised', 'Invalid username or password.');
    if ((request.headers['x-api-key'] ?? query.get('api-key')) !== this.config.apiKey)
      throw new KineticError('unauthorised', 'Missing or invalid API key.');
    return this.config.user;
  }

  private knows(authorization: string): boolean {
    if (authorization.startsWith('Bearer ')) return this.tokens.has(authorization.slice('Bearer '.length));
    return authorization === `Basic ${Buffer.from(`${this.config.user}:${this.config.password}`).toString('base64')}`;
  }

  /** `POST /TokenResource.svc/` with the headers username and password [verified]; names in the answer assumed but for the token itself. */
  token(request: IncomingMessage): Record<string, unknown> {
    if (request.headers.username !== this.config.user || request.headers.password !== this.config.password)
      throw new KineticError('unauthorised', 'Invalid username or password.');
    const AccessToken = randomBytes(24).toString('base64url');
    this.tokens.add(AccessToken);
    return { AccessToken, ExpiresIn: tokenLifetimeS, TokenType: 'Bearer' };
  }

  /** Ice.LIB.SessionModSvc/Login answers a GUID that lives until Logout [verified]. */
  login(user: string): string {
    const id = randomUUID();
    this.sessions.set(id, user);
    return id;
  }

  logout(sessionId: string): void {
    this.sessions.delete(sessionId);
  }

  /** The session of the call, if it names one. @throws {KineticError} 410 for one that is gone [verified]. */
  session(request: IncomingMessage): string | undefined {
    const header = request.headers.sessioninfo;
    if (typeof header !== 'string') return undefined;
    const id = /[0-9a-f]{8}-[0-9a-f-]{27}/i.exec(header)?.[0] ?? '';
    if (!this.sessions.has(id)) throw new KineticError('session', 'Invalid session ID.');
    return id;
  }

  get sessionCount(): number {
    return this.sessions.size;
  }

  endAllSessions(): void {
    this.sessions.clear();
  }
}

/** Without a session each call claims a licence while it runs [verified]; a session holds one. */
export class Licences {
  private running = 0;

  constructor(
    private readonly config: EmulatorConfig,
    private readonly sessions: () => number,
  ) {}

  /**
   * @returns the delay this call pays, ms, and how to give the licence back.
   * @throws {KineticError} 400 LicenseAccessException when nothing can be granted [verified].
   */
  claim(hasSession: boolean): { readonly delayMs: number; release(): void } {
    if (hasSession) return { delayMs: 0, release: () => undefined };
    const free = this.running + this.sessions() < this.config.licences;
    if (!free && this.config.licenceMode === 'refuse') throw licenceError();
    this.running += 1;
    return { delayMs: free ? 0 : this.config.licencePenaltyMs, release: () => void (this.running -= 1) };
  }
}

/** The error of a call that finds no free licence. */
export function licenceError(): KineticError {
  return new KineticError('licence', 'LicenseAccessException: Maximum users exceeded on license type WebService.');
}
