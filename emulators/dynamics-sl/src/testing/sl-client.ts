import { loadEmulatorConfig } from '../emulator.config.js';
import type { RunningServer } from '@tributary/emulator-kit';
import { startEmulator } from '../server.js';

/** A row as JSON has it. */
export type Json = Record<string, unknown>;

/** A screen of documents or journals, as JSON. */
export interface Screen {
  readonly errorMessage: string;
  readonly myBatch: Json;
  readonly myARDoc: Json;
  readonly myARTran: readonly Json[];
  readonly myGLTran: readonly Json[];
}

interface Ledger {
  readonly entries: readonly { journal: string; date: string; document: Json; lines: readonly Json[] }[];
  readonly trialBalance: readonly { account: string; currency: string; debit: number; credit: number }[];
  readonly brokenRules: readonly string[];
}

/** One answer over HTTP. */
export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly body: Json;
}

const receivable = 'financial/accountsReceivable';
/** The paths of the screens. */
export const paths = {
  customer: `${receivable}/customer`,
  invoice: `${receivable}/invoiceAndMemo`,
  payment: `${receivable}/paymentEntry`,
  application: `${receivable}/paymentApplication`,
  journal: 'financial/generalLedger/journalTransactions',
} as const;

const basic = (user: string, password: string): string => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** The emulator over HTTP, with the calls that the specs make. */
export class SlClient {
  private constructor(
    private readonly emulator: RunningServer,
    readonly origin: string,
  ) {}

  static async start(env: Readonly<Record<string, string>> = {}): Promise<SlClient> {
    const emulator = await startEmulator(loadEmulatorConfig({ HTTP_PORT: '0', ...env }));
    return new SlClient(emulator, `http://127.0.0.1:${emulator.port}`);
  }

  stop(): Promise<void> {
    return this.emulator.close();
  }

  /** A request with the login of the specs. */
  raw(verb: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(`${this.origin}/sl/api/${path}`, {
      method: verb,
      headers: { authorization: basic('tributary', 'demo-password'), siteid: 'DEFAULT', cpnyid: '0060', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }

  async send(verb: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answered> {
    const response = await this.raw(verb, path, body, headers);
    const text = await response.text();
    return { status: response.status, text, body: (text.startsWith('{') ? JSON.parse(text) : {}) as Json };
  }

  /** A call that has to succeed. */
  async call<T = Json>(verb: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.send(verb, path, body);
    if (answer.status !== 200 || answer.body.errorMessage) throw new Error(`${verb} ${path}: ${answer.status} ${answer.text}`);
    return answer.body as T;
  }

  /** The errorMessage of a call that SL has to refuse: with status 200. */
  async refused(verb: string, path: string, body?: unknown): Promise<string> {
    const answer = await this.send(verb, path, body);
    if (answer.status !== 200 || !answer.body.errorMessage)
      throw new Error(`${verb} ${path} was not refused: ${answer.status} ${answer.text}`);
    return String(answer.body.errorMessage);
  }

  add(path: string, screen: unknown): Promise<Screen> {
    return this.call('POST', `${path}/screen`, screen);
  }

  release(path: string, screen: unknown): Promise<Screen> {
    return this.call('POST', `${path}/editScreen/RELEASENOW`, screen);
  }

  /** Rows of a view. */
  async rows(view: string, filters: readonly Json[] = []): Promise<readonly Json[]> {
    const { myQueryResults } = await this.call<{ myQueryResults: { Table: Json[] } }>('POST', `quickQuery/${view}`, { filters });
    return myQueryResults.Table;
  }

  async control(verb: 'GET' | 'PUT' | 'POST', path: string, body?: object): Promise<Json> {
    const response = await fetch(`${this.origin}/_control/${path}`, { method: verb, ...(body ? { body: JSON.stringify(body) } : {}) });
    const text = await response.text();
    return (text === '' ? {} : JSON.parse(text)) as Json;
  }

  async ledger(): Promise<Ledger> {
    return (await this.control('GET', 'ledger')) as unknown as Ledger;
  }

  /** Balances per `account currency`: debits less credits. Accounts at zero are left out. */
  async balances(): Promise<Record<string, number>> {
    const { trialBalance } = await this.ledger();
    const all = trialBalance.map(
      ({ account, currency, debit, credit }) =>
        [`${account.replace('-000000000000', '')} ${currency}`, Math.round((debit - credit) * 1000) / 1000] as const,
    );
    return Object.fromEntries(all.filter(([, balance]) => balance !== 0));
  }

  faults(rules: readonly object[]): Promise<Json> {
    return this.control('PUT', 'faults', { seed: 1, rules });
  }

  closePeriod(date: string, open = false): Promise<Json> {
    return this.control('PUT', 'periods', { date, open });
  }
}
