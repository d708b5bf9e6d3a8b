import { createP21Connector, loadP21Config } from '../src/index.js';
import type { P21Connector } from '../src/index.js';

/** One call that reached the fake middleware. */
export interface FakeCall {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly token: string;
}

/** What the fake answers to a call: a body with status 200, a response of its own, or undefined for what it does not know. */
export type Answer = (call: FakeCall) => unknown;

/** A middleware in memory: tokens and the router are there, all else is answered by the test. */
export class FakeP21 {
  readonly calls: FakeCall[] = [];
  tokens = 0;

  constructor(
    private readonly answer: Answer,
    private readonly environment: NodeJS.ProcessEnv = {},
  ) {}

  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const { pathname, search } = new URL(url);
    const headers = init.headers as Record<string, string>;
    const call = {
      method: init.method ?? 'GET',
      path: decodeURIComponent(pathname + search),
      body: typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
      token: headers.authorization?.replace('Bearer ', '') ?? '',
    };
    this.calls.push(call);
    const answered = this.answer(call);
    if (answered instanceof Response) return answered;
    if (answered !== undefined) return Response.json(answered);
    if (pathname === '/api/security/token/v2')
      return Response.json({ AccessToken: `token-${(this.tokens += 1)}`, ExpiresInSeconds: 86_400 });
    if (pathname.startsWith('/api/ui/router')) return Response.json({ Url: 'https://p21.example.test/uiserver3' });
    return new Response('', { status: 404 });
  };

  /** Calls but those for tokens and the router: method and path without query. */
  made(): string[] {
    const own = this.calls.filter(({ path }) => !/token\/v2|ui\/router/.test(path));
    return own.map(({ method, path }) => `${method} ${path.replace(/\?.*$/, '')}`);
  }

  connector(): P21Connector {
    const env = { P21_URL: 'https://p21.example.test/', P21_COMPANY: 'ACME', P21_USER: 'u', P21_PASSWORD: 'secret', ...this.environment };
    return createP21Connector(loadP21Config(env), { fetch: this.fetch });
  }
}

/** Rows of a table over OData. */
export const rows = (value: readonly object[]): object => ({ value });

/** An error of the middleware: docs/reference/prophet21.md section 6. */
export function refusal(status: number, message: string, type = 'P21.Business.Common.BusinessException'): Response {
  return Response.json({ ErrorMessage: message, ErrorType: type, HostName: 'P21', InnerException: null }, { status });
}
