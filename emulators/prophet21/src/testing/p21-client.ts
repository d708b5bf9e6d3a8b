import { loadEmulatorConfig } from '../emulator.config.js';
import type { RunningServer } from '@tributary/emulator-kit';
import { startEmulator } from '../server.js';

/** A row as JSON has it. */
export type Json = Record<string, unknown>;

/** One answer over HTTP. */
export interface Answered {
  readonly status: number;
  // A body may be an object or an array: specs look into it as they expect it.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
  readonly text: string;
  readonly headers: Headers;
}

/** A line of a journal: account, amount in home currency, and where it differs its currency's number with the amount in it. */
export type GlLine = readonly [account: string, amount: number, currencyId?: number, foreign?: number];

/** The emulator over HTTP, with the calls that the specs make. Amounts in these specs are exact in binary or are compared as text. */
export class P21Client {
  private token = '';

  private constructor(
    private readonly emulator: RunningServer,
    readonly origin: string,
  ) {}

  /** Starts an emulator and logs in. */
  static async start(env: Readonly<Record<string, string>> = {}): Promise<P21Client> {
    const emulator = await startEmulator(loadEmulatorConfig({ HTTP_PORT: '0', ...env }));
    const client = new P21Client(emulator, `http://127.0.0.1:${emulator.port}`);
    await client.login();
    return client;
  }

  stop(): Promise<void> {
    return this.emulator.close();
  }

  async login(): Promise<void> {
    const { body } = await this.send('POST', '/api/security/token/v2', { username: 'tributary', password: 'demo-password' });
    this.token = String((body as Json).AccessToken);
  }

  async send(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answered> {
    const response = await fetch(`${this.origin}${path}`, {
      method,
      redirect: 'manual',
      headers: { accept: 'application/json', authorization: `Bearer ${this.token}`, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, body: json ? JSON.parse(text) : undefined, text, headers: response.headers };
  }

  async control(method: string, path: string, body?: object): Promise<Json> {
    const { status, body: answer, text } = await this.send(method, `/_control/${path}`, body);
    if (status >= 400) throw new Error(`${path}: ${text}`);
    return answer as Json;
  }

  faults(rules: readonly object[]): Promise<Json> {
    return this.control('PUT', 'faults', { rules });
  }

  /** Rows of a table that a filter finds. */
  async rows(table: string, filter?: string): Promise<Json[]> {
    const query = filter === undefined ? '' : `?$filter=${encodeURIComponent(filter)}`;
    const { status, body, text } = await this.send('GET', `/odataservice/odata/table/${table}${query}`);
    if (status !== 200) throw new Error(`${table}: ${status} ${text}`);
    return (body as { value: Json[] }).value;
  }

  /** Posts an entry into the period of a day. */
  journal(lines: readonly GlLine[], date = '2026-11-20', more: Json = {}): Promise<Answered> {
    return this.send('POST', '/api/accounting/gl/', glLines(lines, date, more));
  }

  async ledger(): Promise<{ entries: Json[]; trialBalance: Json[]; brokenRules: string[] }> {
    return (await this.control('GET', 'ledger')) as { entries: Json[]; trialBalance: Json[]; brokenRules: string[] };
  }

  /** Balances per `account currency`: debits less credits. Accounts at zero are left out. */
  async balances(): Promise<Record<string, number>> {
    const { trialBalance } = await this.ledger();
    const all = trialBalance.map(({ account, currency, debit, credit }) => {
      const balance = Math.round((Number(debit) - Number(credit)) * 10_000) / 10_000;
      return [`${String(account)} ${String(currency)}`, balance] as const;
    });
    return Object.fromEntries(all.filter(([, balance]) => balance !== 0));
  }
}

/** Body of `POST /api/accounting/gl/`. */
export function glLines(lines: readonly GlLine[], date = '2026-11-20', more: Json = {}): Json[] {
  return lines.map(([AccountNumber, Amount, CurrencyId, foreign]) => ({
    CompanyNo: 'ACME',
    AccountNumber,
    Period: Number(date.slice(5, 7)),
    YearForPeriod: Number(date.slice(0, 4)),
    JournalId: 'GJ',
    Amount,
    ForeignAmount: foreign ?? Amount,
    ...(CurrencyId === undefined ? {} : { CurrencyId }),
    Description: 'payout po_1',
    Source: 'STRIPE',
    TransactionDate: `${date}T00:00:00`,
    ...more,
  }));
}
