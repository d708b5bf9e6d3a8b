import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const entry = join(root, 'emulators/epicor-kinetic/dist/main.js');
const startWithinMs = 20_000;

export interface EmulatorState {
  readonly customers: readonly Record<string, unknown>[];
  readonly groups: readonly Record<string, unknown>[];
  readonly receipts: readonly Record<string, unknown>[];
  readonly invoices: readonly Record<string, unknown>[];
  readonly invoiceLines: readonly Record<string, unknown>[];
  readonly invoiceAccounts: readonly Record<string, unknown>[];
  readonly invoiceGroups: readonly Record<string, unknown>[];
  readonly applications: readonly Record<string, unknown>[];
  readonly journals: readonly Record<string, unknown>[];
  readonly journalLines: readonly Record<string, unknown>[];
  readonly journalGroups: readonly Record<string, unknown>[];
  readonly bankTransfers: readonly Record<string, unknown>[];
}

/** What the general ledger of the emulator holds. */
export interface EmulatorLedger {
  readonly entries: readonly { readonly journal: string; readonly lines: readonly Record<string, unknown>[] }[];
  readonly trialBalance: readonly { account: string; currency: string; debit: number; credit: number }[];
  readonly brokenRules: readonly string[];
}

/** The Kinetic emulator as a process of its own, spoken to over HTTP like the real one. */
export class KineticEmulator {
  private constructor(
    private readonly child: ChildProcess,
    /** `http://127.0.0.1:<port>` */
    readonly origin: string,
  ) {}

  /** Compiles what changed, starts it on a free port, waits until it listens. */
  static async start(env: Readonly<Record<string, string>> = {}): Promise<KineticEmulator> {
    const built = spawnSync(process.execPath, [join(root, 'tools/build.mjs')], { cwd: root, encoding: 'utf8' });
    if (!existsSync(entry)) throw new Error(`building the emulator: ${built.stdout}${built.stderr}`);
    const child = spawn(process.execPath, [entry], { env: { HTTP_PORT: '0', ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
    const origin = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`the emulator did not start within ${startWithinMs} ms`)), startWithinMs);
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8');
        const url = /"url":"(http:\/\/[^"]+)\/kinetic"/.exec(output)?.[1];
        if (!url) return;
        clearTimeout(timer);
        resolve(url);
      });
      child.once('exit', (code) => reject(new Error(`the emulator ended with ${code}`)));
    });
    return new KineticEmulator(child, origin);
  }

  /** Text of the dump, for amounts whose digits count. */
  async stateText(): Promise<string> {
    return (await this.control('GET', 'state')).text();
  }

  async state(): Promise<EmulatorState> {
    return JSON.parse(await this.stateText()) as EmulatorState;
  }

  /** Entries, trial balance and broken rules of the general ledger. */
  async ledger(): Promise<EmulatorLedger> {
    return (await (await this.control('GET', 'ledger')).json()) as EmulatorLedger;
  }

  /** Opens or closes the period of a day. */
  async period(date: string, open: boolean): Promise<void> {
    await this.control('PUT', 'periods', { date, open });
  }

  async faults(rules: readonly object[], seed = 1): Promise<void> {
    await this.control('PUT', 'faults', { seed, rules });
  }

  async calls(): Promise<{ total: number; operations: Record<string, Record<string, number>> }> {
    return (await (await this.control('GET', 'calls')).json()) as { total: number; operations: Record<string, Record<string, number>> };
  }

  /** A call of a method past the connector, as another user of the ERP would make it. */
  async call(method: string, input: object): Promise<unknown> {
    const response = await fetch(`${this.origin}/kinetic/api/v2/odata/EPIC06/${method}`, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        authorization: `Basic ${Buffer.from('tributary:demo-password').toString('base64')}`,
        'x-api-key': 'demo-api-key',
      },
      body: JSON.stringify(input),
    });
    if (!response.ok) throw new Error(`${method}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  async kill9(): Promise<void> {
    await this.end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill(signal);
    await gone;
  }

  private async control(method: string, path: string, body?: object): Promise<Response> {
    const response = await fetch(`${this.origin}/_control/${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!response.ok) throw new Error(`${method} /_control/${path}: ${response.status} ${await response.text()}`);
    return response;
  }
}
