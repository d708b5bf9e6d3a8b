import type { ErpBatch, ErpDocument, ErpReference } from '@tributary/connector-kit';
import type { DocumentChange, KindHarness } from '@tributary/connector-kit/conformance';
import { aJournal, anApplication, anInvoice } from './kinetic-documents.js';
import type { KineticEmulator } from './kinetic-emulator.js';

const date = '2026-11-20';
type Row = Record<string, unknown>;
type Valid = (id: string, groupId: string, of: ErpReference) => ErpDocument;

function harness(batch: Omit<ErpBatch, 'batchId'>, valid: Valid, duplicate: (key: string) => Promise<void>): KindHarness {
  return { batch, valid: (id, { of, batch: own }: DocumentChange = {}) => valid(id, own?.batchId ?? '', of ?? {}), duplicate };
}

/** Rows of a document with its key, entered once more past the connector. */
async function invoiceAgain(emulator: KineticEmulator, key: string): Promise<void> {
  const head = await rowWith(emulator, 'invoices', key);
  await emulator.call('Erp.BO.ARInvoiceSvc/Update', { ds: { InvcHead: [{ ...head, InvoiceNum: 0, RowMod: 'A' }] } });
}

async function journalAgain(emulator: KineticEmulator, key: string): Promise<void> {
  const head = await rowWith(emulator, 'journals', key);
  await emulator.call('Erp.BO.GLJournalEntrySvc/Update', { ds: { GLJrnHed: [{ ...head, JournalNum: 0, RowMod: 'A' }] } });
}

async function applicationAgain(emulator: KineticEmulator, key: string): Promise<void> {
  const head = await rowWith(emulator, 'applications', key);
  await emulator.call('Erp.BO.ApplyCreditMemoSvc/Update', { ds: { CashHead: [{ ...head, HeadNum: 0, RowMod: 'A' }] } });
}

async function rowWith(emulator: KineticEmulator, table: 'invoices' | 'journals' | 'applications', key: string): Promise<Row> {
  const row = (await emulator.state())[table].find((one) => one.StripePostingKey_c === key);
  if (!row) throw new Error(`no ${key} among the ${table}`);
  return row;
}

let prepared = 0;

/** A posted credit memo and a posted invoice of 100.00, entered past the connector. */
async function memoAndInvoice(emulator: KineticEmulator, { CustNum }: ErpReference): Promise<ErpReference> {
  const GroupID = `P${(prepared += 1)}`;
  await emulator.call('Erp.BO.InvcGrpSvc/Update', { ds: { InvcGrp: [{ GroupID, InvoiceDate: date, ApplyDate: date, RowMod: 'A' }] } });
  const numbers: string[] = [];
  for (const CreditMemo of [true, false]) {
    const head = {
      GroupID,
      InvoiceNum: 0,
      InvoiceType: 'Mis',
      CreditMemo,
      CustNum: Number(CustNum),
      TermsCode: 'N30',
      CurrencyCode: 'USD',
      RowMod: 'A',
    };
    const line = { InvoiceNum: 0, LineDesc: 'x', SellingShipQty: 1, DocUnitPrice: 100, RowMod: 'A' };
    const saved = await emulator.call('Erp.BO.ARInvoiceSvc/Update', { ds: { InvcHead: [head], InvcDtl: [line] } });
    const { parameters } = saved as { parameters: { ds: { InvcHead: { InvoiceNum: number }[] } } };
    numbers.push(String(parameters.ds.InvcHead[0]?.InvoiceNum));
  }
  await emulator.call('Erp.BO.InvcGrpSvc/PostInvoices', { groupID: GroupID });
  const [CMInvoiceNum = '', InvoiceNum = ''] = numbers;
  return { CMInvoiceNum, InvoiceNum };
}

/** The kinds of documents with lines. */
export function linedHarnesses(emulator: KineticEmulator): Readonly<Record<string, KindHarness>> {
  const invoices = { kind: 'invoice-group', date, partition: 'AR' } as const;
  const kept = (kind: 'invoice' | 'credit-memo' | 'refund-payment'): KindHarness =>
    harness(
      invoices,
      (id, groupId, { CustNum = '1001' }) => anInvoice(kind, id, groupId, { fields: { CustNum } }),
      (key) => invoiceAgain(emulator, key),
    );
  return {
    invoice: kept('invoice'),
    'credit-memo': kept('credit-memo'),
    'refund-payment': kept('refund-payment'),
    journal: harness(
      { kind: 'journal-group', date, partition: 'USD' },
      (id, groupId) => aJournal(id, groupId),
      (key) => journalAgain(emulator, key),
    ),
    application: {
      ...harness(
        { kind: 'application-group', date, partition: 'USD' },
        (id, groupId, { CMInvoiceNum = '1', InvoiceNum = '2' }) => anApplication(id, groupId, { CMInvoiceNum, InvoiceNum }),
        (key) => applicationAgain(emulator, key),
      ),
      prepare: (of) => memoAndInvoice(emulator, of),
    },
  };
}
