import { randomBytes, randomUUID } from 'node:crypto';
import { AccessError } from './answers.js';
import type { EmulatorConfig } from './emulator.config.js';

const consumerSeconds = 630_720_000;

/** What a token stands for. */
export interface Token {
  readonly user: string;
  /** Path prefixes it may call; undefined: all. */
  readonly scope?: readonly string[];
  readonly expiresMs: number;
}

const badLogin = { error: 'invalid_grant', error_description: 'The user name or password is incorrect.' };

/**
 * Tokens: docs/reference/prophet21.md section 3 [verified]. They are opaque, and end with the process (assumed). Every call that gives one
 * opens a middleware session [verified], which is counted.
 */
export class AccessControl {
  private readonly tokens = new Map<string, Token>();
  /** Middleware sessions that were opened. */
  sessions = 0;

  constructor(
    private readonly config: EmulatorConfig,
    private readonly now: () => number,
  ) {}

  /** `POST /api/security/token/v2`: user name and password, or a consumer key [verified]. @throws {AccessError} 401. */
  tokenV2(input: Readonly<Record<string, unknown>>): Record<string, unknown> {
    if (input.ClientSecret === undefined) return this.userToken(input.username, input.password);
    if (input.GrantType !== 'client_credentials' || input.ClientSecret !== this.config.consumerKey)
      throw new AccessError(401, { error: 'invalid_client', error_description: 'The client secret is not valid.' });
    const user = typeof input.username === 'string' ? input.username : 'admin';
    const AccessToken = this.issue({ user, scope: this.config.consumerScope, expiresMs: this.now() + consumerSeconds * 1000 });
    return {
      AccessToken,
      ExpiresIn: consumerSeconds,
      TokenType: 'Bearer',
      Scope: this.config.consumerScope.join(';'),
      SessionId: randomUUID(),
    };
  }

  /** A token for a user. @throws {AccessError} 401 invalid_grant [verified]. */
  userToken(user: unknown, password: unknown): Record<string, unknown> {
    if (user !== this.config.user || password !== this.config.password) throw new AccessError(401, badLogin);
    const { tokenSeconds } = this.config;
    const AccessToken = this.issue({ user, expiresMs: this.now() + tokenSeconds * 1000 });
    return { AccessToken, RefreshToken: randomBytes(24).toString('base64url'), ExpiresInSeconds: tokenSeconds, TokenType: 'Bearer' };
  }

  private issue(token: Token): string {
    const text = randomBytes(24).toString('base64url');
    this.tokens.set(text, token);
    this.sessions += 1;
    return text;
  }

  /**
   * Who calls. @throws {AccessError} 401 without a body for a token that is unknown or has expired (section 3, assumed there); 403
   * insufficient_scope where a consumer key may not call [verified].
   */
  authenticate(authorization: string | undefined, path: string): Token {
    const token = this.tokens.get((authorization ?? '').replace(/^Bearer /i, ''));
    if (!token || token.expiresMs <= this.now()) throw new AccessError(401);
    if (token.scope && !token.scope.some((prefix) => path.startsWith(prefix)))
      throw new AccessError(403, { error: 'insufficient_scope', error_description: `The key has no scope for ${path}.` });
    return token;
  }

  /** Ends every token. */
  expireAll(): void {
    this.tokens.clear();
  }
}

/** The sessions of the UI server: a transaction holds one while it runs. Section 9: keep at most 2 to 4 writers. */
export class SessionPool {
  private held = 0;

  constructor(private readonly size: number) {}

  /** @returns how to give it back; undefined when none is free. */
  claim(): (() => void) | undefined {
    if (this.held >= this.size) return undefined;
    this.held += 1;
    return () => void (this.held -= 1);
  }
}
