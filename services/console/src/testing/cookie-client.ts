/** An HTTP client that keeps cookies as a browser does, for one host; redirects are not followed. */
export class CookieClient {
  readonly cookies = new Map<string, string>();
  /** Sent as `x-csrf-token`, once it is known. */
  csrfToken: string | undefined;

  constructor(private readonly base: string) {}

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return this.send(new URL(path, this.base), { headers });
  }

  post(path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return this.json('POST', path, body, headers);
  }

  /** A request with a JSON body. */
  json(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const all = new Headers(headers);
    if (body !== undefined) all.set('content-type', 'application/json');
    if (this.csrfToken !== undefined) all.set('x-csrf-token', this.csrfToken);
    return this.send(new URL(path, this.base), { method, headers: all, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  }

  /** Asks who is signed in, and remembers the CSRF token. */
  async me<T = { person: { csrfToken: string } | null }>(): Promise<T> {
    const me = (await (await this.get('/identity/me')).json()) as { person: { csrfToken: string | null } | null };
    this.csrfToken = me.person?.csrfToken ?? undefined;
    return me as T;
  }

  /** Sends a request and keeps the cookies of its answer. */
  async send(url: URL, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookies.size > 0) headers.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    return response;
  }

  private keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';');
    const at = pair.indexOf('=');
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    const gone = attributes.some((attribute) => /^\s*(?:max-age=0|expires=thu, 01 jan 1970)/i.test(attribute));
    if (gone || value === '') this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
