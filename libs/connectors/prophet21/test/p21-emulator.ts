import { EmulatorProcess } from '@tributary/local-stack';

/** Rows of the emulator's tables by table. */
export type EmulatorState = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[] | undefined>>;

/** The Prophet 21 emulator as a process of its own, spoken to over HTTP like the real one. */
export class P21Emulator {
  private token: string | undefined;

  private constructor(private readonly process: EmulatorProcess) {}

  /** `http://127.0.0.1:<port>` */
  get origin(): string {
    return this.process.origin;
  }

  /** Compiles what changed, starts it on a free port, waits until it listens. */
  static async start(env: Readonly<Record<string, string>> = {}): Promise<P21Emulator> {
    return new P21Emulator(await EmulatorProcess.buildAndStart('prophet21', env));
  }

  /** Text of the dump, for amounts whose digits count. */
  async stateText(): Promise<string> {
    return (await this.control('GET', 'state')).text();
  }

  async state(): Promise<EmulatorState> {
    return JSON.parse(await this.stateText()) as EmulatorState;
  }

  async ledger(): Promise<{ readonly brokenRules: readonly string[] }> {
    return (await (await this.control('GET', 'ledger')).json()) as { readonly brokenRules: readonly string[] };
  }

  async calls(): Promise<{ readonly sessions: number; readonly operations: Readonly<Record<string, Readonly<Record<string, number>>>> }> {
    return (await (await this.control('GET', 'calls')).json()) as Awaited<ReturnType<P21Emulator['calls']>>;
  }

  async faults(rules: readonly object[]): Promise<void> {
    await this.control('PUT', 'faults', { seed: 1, rules });
  }

  async period(date: string, open: boolean): Promise<void> {
    await this.control('PUT', 'periods', { date, open });
  }

  async expireTokens(): Promise<void> {
    await this.control('POST', 'expire-tokens');
    this.token = undefined;
  }

  /** A call past the connector, as another user would make it. */
  async call(method: string, path: string, body?: unknown): Promise<unknown> {
    this.token ??= await this.login();
    const response = await fetch(`${this.origin}${path}`, {
      method,
      headers: { accept: 'application/json', 'content-type': 'application/json', authorization: `Bearer ${this.token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  async stop(): Promise<void> {
    await this.process.stop();
  }

  private async login(): Promise<string> {
    const response = await fetch(`${this.origin}/api/security/token/v2`, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'tributary', password: 'demo-password' }),
    });
    return ((await response.json()) as { AccessToken: string }).AccessToken;
  }

  private async control(method: string, path: string, body?: object): Promise<Response> {
    const response = await fetch(`${this.origin}/_control/${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!response.ok) throw new Error(`${method} /_control/${path}: ${response.status} ${await response.text()}`);
    return response;
  }
}
