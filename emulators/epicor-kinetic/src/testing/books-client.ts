import { loadEmulatorConfig } from '../emulator.config.js';
import type { RunningServer } from '@tributary/emulator-kit';
import { startEmulator } from '../server.js';

/** A row as JSON has it. */
export type Json = Record<string, unknown>;

interface Ledger {
  readonly entries: readonly { journal: string; date: string; document: Json; lines: readonly Json[] }[];
  readonly trialBalance: readonly { account: string; currency: string; debit: number; credit: number }[];
  readonly brokenRules: readonly string[];
}

/** One answer over HTTP. */
export interface Answered {
  readonly status: number;
  readonly body: Json;
}

/** The emulator over HTTP, with the calls that the specs make. Amounts in these specs are exact in binary or are compared as text. */
export class BooksClient {
  private constructor(
    private readonly emulator: RunningServer,
    private readonly origin: string,
  ) {}

  static async start(env: Readonly<Record<string, string>> = {}): Promise<BooksClient> {
    const emulator = await startEmulator(loadEmulatorConfig({ HTTP_PORT: '0', ...env }));
    return new BooksClient(emulator, `http://127.0.0.1:${emulator.port}`);
  }

  stop(): Promise<void> {
    return this.emulator.close();
  }

  async send(verb: string, path: string, body?: object): Promise<Answered> {
    const response = await fetch(`${this.origin}/kinetic/api/v2/${path}`, {
      method: verb,
      headers: {
        accept: 'application/json',
        authorization: `Basic ${Buffer.from('tributary:demo-password').toString('base64')}`,
        'x-api-key': 'demo-api-key',
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return { status: response.status, body: (text.startsWith('{') ? JSON.parse(text) : {}) as Json };
  }

  /** A method that has to succeed. @returns its out parameters. */
  async call(method: string, input: object): Promise<Json> {
    const { status, body } = await this.send('POST', `odata/EPIC06/${method}`, input);
    if (status !== 200) throw new Error(`${method}: ${status} ${String(body.ErrorMessage)}`);
    return body.parameters as Json;
  }

  /** The message of a method that has to be refused. */
  async refused(method: string, input: object): Promise<string> {
    const { status, body } = await this.send('POST', `odata/EPIC06/${method}`, input);
    if (status < 400) throw new Error(`${method} was not refused`);
    return String(body.ErrorMessage);
  }

  async control(verb: 'GET' | 'PUT', path: string, body?: object): Promise<Json> {
    const response = await fetch(`${this.origin}/_control/${path}`, { method: verb, ...(body ? { body: JSON.stringify(body) } : {}) });
    return (await response.json()) as Json;
  }

  async ledger(): Promise<Ledger> {
    return (await this.control('GET', 'ledger')) as unknown as Ledger;
  }

  /** Balances per `account currency`: debits less credits. Accounts at zero are left out. */
  async balances(): Promise<Record<string, number>> {
    const { trialBalance } = await this.ledger();
    const all = trialBalance.map(
      ({ account, currency, debit, credit }) => [`${account} ${currency}`, Math.round((debit - credit) * 1000) / 1000] as const,
    );
    return Object.fromEntries(all.filter(([, balance]) => balance !== 0));
  }

  faults(rules: readonly object[]): Promise<Json> {
    return this.control('PUT', 'faults', { seed: 1, rules });
  }

  closePeriod(date: string, open = false): Promise<Json> {
    return this.control('PUT', 'periods', { date, open });
  }

  private rowOf(parameters: Json, table: string): Json {
    const [row] = (parameters.ds as Record<string, Json[]>)[table] ?? [];
    if (!row) throw new Error(`no row of ${table}`);
    return row;
  }

  async invoiceGroup(GroupID: string, day: string): Promise<void> {
    await this.call('Erp.BO.InvcGrpSvc/Update', { ds: { InvcGrp: [{ GroupID, InvoiceDate: day, ApplyDate: day, RowMod: 'A' }] } });
  }

  /** Enters an invoice with lines of an amount and an account. @returns its number. */
  async invoice(GroupID: string, lines: readonly (readonly [amount: number, account?: string])[], head: Json = {}): Promise<number> {
    const saved = await this.call('Erp.BO.ARInvoiceSvc/UpdateMaster', invoiceInput(GroupID, lines, head));
    return this.rowOf(saved, 'InvcHead').InvoiceNum as number;
  }

  async postInvoices(groupID: string): Promise<Json> {
    return this.call('Erp.BO.InvcGrpSvc/PostInvoices', { groupID });
  }

  async cashGroup(GroupID: string, day: string, BankAcctID = 'STR-USD'): Promise<void> {
    await this.call('Erp.BO.CashGrpSvc/Update', { ds: { CashGrp: [{ GroupID, TranDate: day, BankAcctID, RowMod: 'A' }] } });
  }

  async receipt(GroupID: string, amount: number, more: Json = {}): Promise<number> {
    const row = { GroupID, HeadNum: 0, TranType: 'PayInv', CustNum: 1001, CheckRef: 'ch_1', DocTranAmt: amount, CurrencyCode: 'USD' };
    const input = { ds: { CashHead: [{ ...row, ...more, RowMod: 'A' }] }, ipGroupID: GroupID, ipTableName: 'CashHead' };
    return this.rowOf(await this.call('Erp.BO.CashRecSvc/UpdateMaster', input), 'CashHead').HeadNum as number;
  }

  async postCash(GroupID: string): Promise<void> {
    await this.call('Erp.PROC.CashRecPostSvc/RunDirect', { ds: { CashRecPostParam: [{ GroupID }] } });
  }

  /** Applies a part of a credit memo to an invoice, in a cash group. @returns the number of its head. */
  async application(GroupID: string, memo: number, invoice: number, amount: number): Promise<number> {
    return this.rowOf(await this.call('Erp.BO.ApplyCreditMemoSvc/Update', applicationInput(GroupID, memo, invoice, amount)), 'CashHead')
      .HeadNum as number;
  }

  async journalGroup(GroupID: string, day: string, CurrencyCode = 'USD'): Promise<void> {
    await this.call('Erp.BO.GLJrnGrpSvc/Update', { ds: { GLJrnGrp: [{ GroupID, JEDate: day, CurrencyCode, RowMod: 'A' }] } });
  }

  /** Enters a journal with lines of an account and an amount, debits positive. @returns its number. */
  async journal(GroupID: string, lines: readonly (readonly [account: string, amount: number])[]): Promise<number> {
    return this.rowOf(await this.call('Erp.BO.GLJournalEntrySvc/Update', journalInput(GroupID, lines)), 'GLJrnHed').JournalNum as number;
  }

  async postJournals(postGroupID: string): Promise<Json> {
    return this.call('Erp.BO.GLJrnGrpSvc/PostGroupJournals', { postGroupID });
  }
}

/** Input of ARInvoiceSvc/UpdateMaster: one call for header, lines and their accounts. */
export function invoiceInput(GroupID: string, lines: readonly (readonly [number, string?])[], head: Json = {}): Json {
  const first = { GroupID, InvoiceNum: 0, InvoiceType: 'Mis', CustNum: 1001, TermsCode: 'N30', CurrencyCode: 'USD', ...head, RowMod: 'A' };
  return {
    ds: {
      InvcHead: [first],
      InvcDtl: lines.map(([DocUnitPrice], index) => ({
        InvoiceNum: 0,
        InvoiceLine: index + 1,
        LineDesc: `Line ${index + 1}`,
        SellingShipQty: 1,
        DocUnitPrice,
        StripeLineKey_c: `line-${index + 1}`,
        RowMod: 'A',
      })),
      InvcDtlTGLC: lines.flatMap(([, GLAccount], index) =>
        GLAccount ? [{ InvoiceNum: 0, InvoiceLine: index + 1, GLAccount, RowMod: 'A' }] : [],
      ),
    },
    cGroupID: GroupID,
    cTableName: 'InvcHead',
    suppressUserPrompts: true,
  };
}

/** Input of ApplyCreditMemoSvc/Update. */
export function applicationInput(GroupID: string, memo: number, invoice: number, amount: number): Json {
  return {
    ds: {
      CashHead: [
        { GroupID, HeadNum: 0, TranType: 'CMemo', CheckRef: 'x', CurrencyCode: 'USD', InvoiceNum: memo, DocTranAmt: amount, RowMod: 'A' },
      ],
      CashDtl: [{ GroupID, HeadNum: 0, InvoiceNum: invoice, DocTranAmt: amount, RowMod: 'A' }],
    },
  };
}

/** Input of GLJournalEntrySvc/Update. */
export function journalInput(GroupID: string, lines: readonly (readonly [string, number])[]): Json {
  return {
    ds: {
      GLJrnHed: [{ GroupID, JournalNum: 0, Description: 'Payout', RowMod: 'A' }],
      GLJrnDtlMnl: lines.map(([GLAccount, amount], index) => ({
        JournalNum: 0,
        GLAccount,
        DebitAmount: amount > 0 ? amount : 0,
        CreditAmount: amount < 0 ? -amount : 0,
        StripeLineKey_c: `line-${index + 1}`,
        RowMod: 'A',
      })),
    },
  };
}
