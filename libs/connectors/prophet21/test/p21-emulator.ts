import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const entry = join(root, 'emulators/prophet21/dist/main.js');
const startWithinMs = 20_000;

/** Rows of the emulator's tables by table. */
export type EmulatorState = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[] | undefined>>;

/** The Prophet 21 emulator as a process of its own, spoken to over HTTP like the real one. */
export class P21Emulator {
  private token: string | undefined;

  private constructor(
    private readonly child: ChildProcess,
    /** `http://127.0.0.1:<port>` */
    readonly origin: string,
  ) {}

  /** Compiles what changed, starts it on a free port, waits until it listens. */
  static async start(env: Readonly<Record<string, string>> = {}): Promise<P21Emulator> {
    const built = spawnSync(process.execPath, [join(root, 'tools/build.mjs')], { cwd: root, encoding: 'utf8' });
    if (!existsSync(entry)) throw new Error(`building the emulator: ${built.stdout}${built.stderr}`);
    const child = spawn(process.execPath, [entry], { env: { HTTP_PORT: '0', ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
    const origin = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`the emulator did not start within ${startWithinMs} ms`)), startWithinMs);
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8');
        const url = /"url":"(http:\/\/[^"/]+)/.exec(output)?.[1];
        if (!url) return;
        clearTimeout(timer);
        resolve(url);
      });
      child.once('exit', (code) => reject(new Error(`the emulator ended with ${code}`)));
    });
    return new P21Emulator(child, origin);
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
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await gone;
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
