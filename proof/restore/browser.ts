/** A browser at the console: it keeps its session, and sends the token against forged requests that the console gave it. */
export class Browser {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly url: string) {}

  /** @returns the answer; undefined for one without a body. @throws with status and answer when the console refuses. */
  async post<Answer>(path: string, body?: object): Promise<Answer> {
    const csrf = this.cookies.size === 0 ? null : await this.csrfToken();
    return (await this.send('POST', path, {
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(csrf === null ? {} : { 'x-csrf-token': csrf }),
      },
    })) as Answer;
  }

  private async csrfToken(): Promise<string | null> {
    const { person } = (await this.send('GET', '/identity/me', { headers: {} })) as { person: { csrfToken: string | null } | null };
    return person?.csrfToken ?? null;
  }

  private async send(
    method: string,
    path: string,
    init: { readonly headers: Record<string, string>; readonly body?: string },
  ): Promise<unknown> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...init.headers, ...(cookie === '' ? {} : { cookie }) };
    const response = await fetch(`${this.url}${path}`, { ...init, method, headers });
    const text = await response.text();
    if (!response.ok) throw new Error(`the console answers ${method} ${path} with ${response.status}: ${text}`);
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.cookies.set(name, value);
    }
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  }
}
