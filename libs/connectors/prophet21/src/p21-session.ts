import type { P21Config } from './p21.config.js';
import { withNewSecret } from '@tributary/connector-kit';
import { isUnauthorised, P21HeldError, P21RefusedError, P21SilentError, P21UnauthorisedError } from './p21-errors.js';
import type { Fetch } from './p21-http.js';
import { send } from './p21-http.js';

/** A token is renewed this long before it ends, ms: clocks differ. */
const renewBeforeMs = 300_000;
/** How long a token lives where the answer does not say, s: docs/reference/prophet21.md section 3. */
const usualSeconds = 86_400;

interface Token {
  readonly text: string;
  readonly until: number;
  /** Root of the UI server, once it was asked for: it is kept as long as the token (section 2). */
  uiUrl?: string;
}

/**
 * One middleware session: a token for a user or for a consumer key, and the UI server that goes with it. Each token opens a session at the
 * middleware, so one token serves all calls. Source: docs/reference/prophet21.md sections 2 and 3.
 */
export class P21Session {
  private token: Token | undefined;
  /** The request for a token in progress, so that concurrent calls share it. */
  private asking: Promise<Token> | undefined;

  constructor(
    private readonly config: P21Config,
    private readonly fetch: Fetch,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Makes a call with a token. 401 says that the token is not valid, so nothing was done: it is renewed and the call repeated, once.
   * @throws {P21UnauthorisedError} when the login is refused, or the new token, too.
   */
  async withToken<T>(name: string, signal: AbortSignal, call: (token: string) => Promise<T>): Promise<T> {
    const token = await this.current(signal);
    try {
      return await call(token.text);
    } catch (error) {
      if (!(error instanceof P21RefusedError) || error.status !== 401) throw error;
      if (this.token === token) this.token = undefined;
    }
    const renewed = await this.current(signal);
    try {
      return await call(renewed.text);
    } catch (error) {
      if (error instanceof P21RefusedError && error.status === 401) throw new P21UnauthorisedError(name, 'refused with a new token, too');
      throw error;
    }
  }

  /** Root of the UI server, without a slash at its end. Only the configured hosts are called. */
  async uiUrl(signal: AbortSignal): Promise<string> {
    const known = this.token?.uiUrl;
    if (known !== undefined) return known;
    const url = `${this.config.url}/api/ui/router/v1/?urlType=external`;
    const name = 'ui/router';
    const answer = await this.withToken(name, signal, (token) =>
      send({ verb: 'GET', url, name, kind: 'read', token }, this.config, this.fetch, signal),
    );
    const found = (answer as { Url?: unknown } | null)?.Url;
    if (typeof found !== 'string') throw new P21SilentError(name, 'read', true, 'the answer holds no Url');
    const root = this.reachable(found.replace(/\/+$/, ''));
    if (this.token) this.token.uiUrl = root;
    return root;
  }

  /**
   * The router may name the public host while we call by another name, so its path counts, on the host that is configured.
   * @throws {P21HeldError} for an address that is none.
   */
  private reachable(found: string): string {
    try {
      const { pathname } = new URL(found);
      return `${this.config.uiUrl ?? this.config.url}${pathname === '/' ? '' : pathname}`;
    } catch {
      throw new P21HeldError('p21.ui-server', `the router answers "${found.slice(0, 80)}" as address of the UI server; set P21_UI_URL`);
    }
  }

  private async current(signal: AbortSignal): Promise<Token> {
    if (this.token && this.token.until > this.now()) return this.token;
    this.asking ??= this.ask(signal).finally(() => (this.asking = undefined));
    return this.asking;
  }

  private ask(signal: AbortSignal): Promise<Token> {
    return withNewSecret(
      () => JSON.stringify([this.config.password, this.config.consumerKey]),
      () => this.askOnce(signal),
      (error) => error instanceof P21UnauthorisedError,
    );
  }

  private async askOnce(signal: AbortSignal): Promise<Token> {
    const { consumerKey, user, password, url } = this.config;
    const body =
      consumerKey === '' ? { username: user, password } : { ClientSecret: consumerKey, GrantType: 'client_credentials', ...named(user) };
    const name = 'security/token/v2';
    const kind = 'read';
    const address = `${url}/api/security/token/v2`;
    try {
      const answer = await send({ verb: 'POST', url: address, name, kind, body: JSON.stringify(body) }, this.config, this.fetch, signal);
      this.token = tokenOf(answer, this.now());
    } catch (error) {
      // 400 is what OAuth answers for wrong credentials; whether P21 does is assumed.
      if (error instanceof P21RefusedError && (isUnauthorised(error) || error.status === 400))
        throw new P21UnauthorisedError(name, `HTTP ${error.status}: ${error.answer.text}`);
      throw error;
    }
    return this.token;
  }
}

const named = (user: string): { username?: string } => (user === '' ? {} : { username: user });

function tokenOf(answer: unknown, now: number): Token {
  const { AccessToken, ExpiresInSeconds, ExpiresIn } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof AccessToken !== 'string' || AccessToken === '')
    throw new P21SilentError('security/token/v2', 'read', true, 'the answer holds no AccessToken');
  const seconds = [ExpiresInSeconds, ExpiresIn].map(Number).find((one) => Number.isFinite(one) && one > 0) ?? usualSeconds;
  const livesMs = seconds * 1_000;
  return { text: AccessToken, until: now + livesMs - Math.min(renewBeforeMs, livesMs / 2) };
}
