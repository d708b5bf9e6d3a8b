import type { ErpConnector, ErpDocument, ErpReference } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import { EmulatorProcess } from '@tributary/local-stack';
import { connectorsOf } from '@tributary/target-registry';
import { target } from './requests.js';

const day = '2026-11-20';
const signal = new AbortController().signal;

/** The emulated Kinetic in a process of its own, with the connector that recon has and what an accountant may do past it. */
export class KineticBooks {
  private constructor(private readonly emulator: EmulatorProcess) {}

  static async start(): Promise<KineticBooks> {
    return new KineticBooks(await EmulatorProcess.start('epicor-kinetic'));
  }

  /** Address of the emulated Kinetic. */
  get url(): string {
    return `${this.emulator.origin}/kinetic`;
  }

  /** As recon makes it. @param readEffect value of KINETIC_READ_EFFECT. */
  connector(readEffect: 'books' | 'all' | 'none'): ErpConnector {
    const made = connectorsOf(new Map([[target, 'epicor-kinetic']]), {
      KINETIC_URL: `${this.emulator.origin}/kinetic`,
      KINETIC_COMPANY: 'EPIC06',
      KINETIC_USER: 'tributary',
      KINETIC_PASSWORD: 'demo-password',
      KINETIC_API_KEY: 'demo-api-key',
      KINETIC_READ_EFFECT: readEffect,
    }).get(target);
    if (!made) throw new Error('the registry has no connector for Kinetic');
    return made;
  }

  /** Saves a fee of 3.20 with 0.93 of tax in its journal group. */
  async saveFee(id: string): Promise<ErpReference> {
    const line = (key: string, account: string, side: 'DebitAmount' | 'CreditAmount', amount: string): ErpDocument['lines'][number] => ({
      table: 'GLJrnDtlMnl',
      key,
      fields: { GLAccount: account, [side]: amount, Description: key },
    });
    return this.save({
      postingKey: `${target}/journal/${id}` as PostingKey,
      kind: 'journal',
      shape: 'epicor-kinetic/journal',
      protocol: 'create-once',
      fields: { JEDate: day, CurrencyCode: 'USD', Description: 'Stripe fees' },
      lines: [
        line('fee', '6210-00-00', 'DebitAmount', '3.20'),
        line('tax', '6212-00-00', 'DebitAmount', '0.93'),
        line('clearing', '1150-00-00', 'CreditAmount', '4.13'),
      ],
    });
  }

  /** Saves a receipt of 80.00 GBP that Stripe settled as 107.52 USD. The company's own rate is 1.25. */
  async saveReceipt(id: string): Promise<ErpReference> {
    const fields = { TranType: 'PayInv', CheckRef: id, DocTranAmt: '80.00', CurrencyCode: 'GBP', BankReceiptAmt: '107.52' };
    return this.save({
      postingKey: `${target}/cash-receipt/${id}` as PostingKey,
      kind: 'cash-receipt',
      shape: 'epicor-kinetic/cash-receipt',
      protocol: 'create-once',
      fields: { ...fields, TranDate: day, BankAcctID: 'STR-USD', CustNum: '1001' },
      lines: [],
    });
  }

  /** Posts everything that is saved to the ledger. */
  async release(): Promise<void> {
    for (const batch of this.batches.values()) {
      const released = await this.connector('none').releaseBatch?.(batch, signal);
      if (released?.kind !== 'posted') throw new Error(`releasing ${batch.batchId}: ${JSON.stringify(released)}`);
    }
    this.batches.clear();
  }

  /** An accountant enters another account in a saved line of the journal of a fee, past Tributary. */
  async changeAccount(journal: ErpReference, from: string, to: string): Promise<void> {
    const listed = await this.call('GET', `GLJrnDtlMnls?$filter=${encodeURIComponent(`JournalNum eq ${journal.JournalNum ?? ''}`)}`);
    const row = (listed.value as Record<string, unknown>[]).find(({ GLAccount }) => GLAccount === from);
    if (!row) throw new Error(`journal ${journal.JournalNum ?? ''} has no line on ${from}`);
    await this.call('POST', 'Update', { ds: { GLJrnDtlMnl: [{ ...row, GLAccount: to, RowMod: 'U' }] } });
  }

  async stop(): Promise<void> {
    await this.emulator.stop();
  }

  private readonly batches = new Map<string, Parameters<NonNullable<ErpConnector['releaseBatch']>>[0]>();

  private async save(document: ErpDocument): Promise<ErpReference> {
    const connector = this.connector('none');
    const batchId = document.kind === 'journal' ? 'J1' : 'C1';
    const wanted = connector.batchOf?.(document);
    if (!wanted) throw new Error(`${document.kind} has no batch`);
    if (!this.batches.has(batchId)) await connector.openBatch?.({ ...wanted, batchId }, signal);
    this.batches.set(batchId, { ...wanted, batchId });
    const posted = await connector.post({ ...document, batchId }, signal);
    if (posted.kind !== 'posted') throw new Error(`saving ${document.postingKey}: ${JSON.stringify(posted)}`);
    return posted.reference;
  }

  private async call(method: string, operation: string, input?: object): Promise<Record<string, unknown>> {
    const response = await fetch(`${this.emulator.origin}/kinetic/api/v2/odata/EPIC06/Erp.BO.GLJournalEntrySvc/${operation}`, {
      method,
      headers: {
        accept: 'application/json',
        authorization: `Basic ${Buffer.from('tributary:demo-password').toString('base64')}`,
        'x-api-key': 'demo-api-key',
      },
      ...(input ? { body: JSON.stringify(input) } : {}),
    });
    if (!response.ok) throw new Error(`${operation}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  }
}
