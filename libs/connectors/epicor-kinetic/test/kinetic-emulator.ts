import { EmulatorProcess } from '@tributary/local-stack';

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
  private constructor(private readonly process: EmulatorProcess) {}

  /** `http://127.0.0.1:<port>` */
  get origin(): string {
    return this.process.origin;
  }

  /** Compiles what changed, starts it on a free port, waits until it listens. */
  static async start(env: Readonly<Record<string, string>> = {}): Promise<KineticEmulator> {
    return new KineticEmulator(await EmulatorProcess.buildAndStart('epicor-kinetic', env));
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
    await this.process.stop('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.process.stop();
  }

  private async control(method: string, path: string, body?: object): Promise<Response> {
    const response = await fetch(`${this.origin}/_control/${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!response.ok) throw new Error(`${method} /_control/${path}: ${response.status} ${await response.text()}`);
    return response;
  }
}
