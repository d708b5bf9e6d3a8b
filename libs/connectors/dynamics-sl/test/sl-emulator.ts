import { EmulatorProcess } from '@tributary/local-stack';

/** A row of a table, unpadded. */
export type EmulatorRow = Readonly<Record<string, string | number>>;

/** What the general ledger of the emulator holds. */
export interface EmulatorLedger {
  readonly trialBalance: readonly { account: string; currency: string; debit: number; credit: number }[];
  readonly brokenRules: readonly string[];
}

/** The SL emulator as a process of its own, spoken to over HTTP like the real web layer. */
export class SlEmulator {
  private constructor(private readonly process: EmulatorProcess) {}

  /** `http://127.0.0.1:<port>` */
  get origin(): string {
    return this.process.origin;
  }

  /** Compiles what changed, starts it on a free port, waits until it listens. */
  static async start(env: Readonly<Record<string, string>> = {}): Promise<SlEmulator> {
    return new SlEmulator(await EmulatorProcess.buildAndStart('dynamics-sl', env));
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
    await this.process.stop();
  }

  private async control(method: string, path: string, body?: object): Promise<Response> {
    const response = await fetch(`${this.origin}/_control/${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!response.ok) throw new Error(`${method} /_control/${path}: ${response.status} ${await response.text()}`);
    return response;
  }
}
