import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const entry = join(root, 'emulators/dynamics-sl/dist/main.js');
const startWithinMs = 20_000;

/** A row of a table, unpadded. */
export type EmulatorRow = Readonly<Record<string, string | number>>;

/** What the general ledger of the emulator holds. */
export interface EmulatorLedger {
  readonly trialBalance: readonly { account: string; currency: string; debit: number; credit: number }[];
  readonly brokenRules: readonly string[];
}

/** The SL emulator as a process of its own, spoken to over HTTP like the real web layer. */
export class SlEmulator {
  private constructor(
    private readonly child: ChildProcess,
    /** `http://127.0.0.1:<port>` */
    readonly origin: string,
  ) {}

  /** Compiles what changed, starts it on a free port, waits until it listens. */
  static async start(env: Readonly<Record<string, string>> = {}): Promise<SlEmulator> {
    const built = spawnSync(process.execPath, [join(root, 'tools/build.mjs')], { cwd: root, encoding: 'utf8' });
    if (!existsSync(entry)) throw new Error(`building the emulator: ${built.stdout}${built.stderr}`);
    const child = spawn(process.execPath, [entry], { env: { HTTP_PORT: '0', ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
    const origin = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`the emulator did not start within ${startWithinMs} ms`)), startWithinMs);
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8');
        const url = /"url":"(http:\/\/[^/"]+)/.exec(output)?.[1];
        if (!url) return;
        clearTimeout(timer);
        resolve(url);
      });
      child.once('exit', (code) => reject(new Error(`the emulator ended with ${code}`)));
    });
    return new SlEmulator(child, origin);
  }

  /** Rows of a table. */
  async rows(table: string): Promise<readonly EmulatorRow[]> {
    const state = (await (await this.control('GET', 'state')).json()) as Readonly<Record<string, readonly EmulatorRow[]>>;
    return state[table] ?? [];
  }

  async ledger(): Promise<EmulatorLedger> {
    return (await (await this.control('GET', 'ledger')).json()) as EmulatorLedger;
  }

  async reset(): Promise<void> {
    await this.control('POST', 'reset');
  }

  /** Opens or closes the period of a day. */
  async period(date: string, open: boolean): Promise<void> {
    await this.control('PUT', 'periods', { date, open });
  }

  /** What a person does to a batch that is not released. */
  async batch(module: string, batNbr: string, status: string): Promise<void> {
    await this.control('PUT', 'batches', { module, batNbr, status });
  }

  /** How far the clock of the server is ahead. */
  async clock(offsetMs: number): Promise<void> {
    await this.control('PUT', 'clock', { offsetMs });
  }

  async faults(...rules: readonly object[]): Promise<void> {
    await this.control('PUT', 'faults', { rules });
  }

  /** A call of REST past the connector, as another user would make it. */
  async call(method: string, path: string, body: object): Promise<Record<string, unknown>> {
    const response = await fetch(`${this.origin}/sl/api/${path}`, {
      method,
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from('tributary:demo-password').toString('base64')}`,
        SiteID: 'DEFAULT',
        CpnyID: '0060',
      },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok || answer.errorMessage) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer).slice(0, 500)}`);
    return answer;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await gone;
  }

  private async control(method: string, path: string, body?: object): Promise<Response> {
    const response = await fetch(`${this.origin}/_control/${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!response.ok) throw new Error(`${method} /_control/${path}: ${response.status} ${await response.text()}`);
    return response;
  }
}
