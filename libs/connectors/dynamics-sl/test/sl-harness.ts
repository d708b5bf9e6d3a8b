import type { ErpBatchKind, ErpReference } from '@tributary/connector-kit';
import type { ConnectorVariant, DocumentChange, ErpConnectorHarness, KindHarness } from '@tributary/connector-kit/conformance';
import { parsePostingKey, shortReference } from '@tributary/domain';
import type { PostingKey } from '@tributary/domain';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { createSlConnector } from '../src/index.js';
import type { SlConnector } from '../src/index.js';
import { aCustomer, aJournal, aMemo, anApplication, aReceipt, day, slConfig } from './sl-documents.js';
import type { EmulatorRow } from './sl-emulator.js';
import { SlEmulator } from './sl-emulator.js';
import { callOf, faultOf } from './sl-steps.js';

type Sent = ReturnType<NonNullable<ErpConnectorHarness['sent']>>[number];
const bankAccount = '1150-000000000000';
const foreignCurrency = 'GBP';
const basic = Buffer.from('tributary:demo-password').toString('base64');
const secrets = ['demo-password', 'wrong-password', 'demo-site-key', 'demo-licence-key', basic];

/** An address where somebody listened a moment ago and nobody does now. */
function closedOrigin(): Promise<string> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(`http://127.0.0.1:${port}`));
    });
  });
}

function connectorFor(origin: string, door: string, variant: ConnectorVariant, sent: Sent[]): SlConnector {
  const config = slConfig(origin, {
    SL_DOORS: door,
    ...(variant.wrongPassword ? { SL_PASSWORD: 'wrong-password' } : {}),
    ...(variant.callTimeoutMs ? { SL_CALL_TIMEOUT_MS: String(variant.callTimeoutMs) } : {}),
  });
  return createSlConnector(config, (url, init) => {
    sent.push({ method: init.method ?? 'GET', path: url.slice(config.url.length), body: withoutEnvelope(String(init.body ?? '')) });
    return fetch(url, init);
  });
}

/** The body of a SOAP message: its header has the credentials, which no description shows. */
const withoutEnvelope = (body: string): string => /<soap:Body>([\s\S]*)<\/soap:Body>/.exec(body)?.[1] ?? body;

/** Rows of any table that carry the mark of a posting key, past the connector. */
async function marked(emulator: SlEmulator, table: string, key: string): Promise<readonly EmulatorRow[]> {
  return (await emulator.rows(table)).filter(({ User2 }) => User2 === shortReference(key, 30));
}

async function documents(emulator: SlEmulator, key: string): Promise<readonly ErpReference[]> {
  const tables = await Promise.all(['Customer', 'ARDoc', 'Batch'].map((table) => marked(emulator, table, key)));
  return tables
    .flat()
    .map(({ CustId = '', BatNbr = '', RefNbr = '' }) => ({ CustId: String(CustId), BatNbr: String(BatNbr), RefNbr: String(RefNbr) }));
}

const customerOf = (emulator: SlEmulator, key: string) => marked(emulator, 'Customer', key).then(([row]) => row);

function customerHarness(emulator: SlEmulator): KindHarness {
  const valid: KindHarness['valid'] = (id, { name, phone, inactive, protocol } = {}) =>
    aCustomer(id, {
      fields: { ...(name ? { Name: name } : {}), ...(phone ? { Phone: phone } : {}), ...(inactive ? { Status: 'I' } : {}) },
      ...(protocol ? { protocol } : {}),
    });
  return {
    valid,
    invalid: (id) => ({ document: aCustomer(id, { fields: { Zip: 'far too long for a postal code' } }), field: 'Zip' }),
    field: async (key, field) => {
      const value = (await customerOf(emulator, key))?.[field === 'name' ? 'Name' : 'Phone'];
      return value === undefined ? undefined : String(value);
    },
    active: async (key) => {
      const row = await customerOf(emulator, key);
      return row && row.Status === 'A';
    },
    text: {
      field: 'Name',
      length: 60,
      with: (id, text) => aCustomer(id, { fields: { Name: text } }),
      stored: async (key) => String((await customerOf(emulator, key))?.Name),
    },
  };
}

/** Enters a document of receivables again for another customer: a number is unique per customer and type. */
async function documentAgain(emulator: SlEmulator, key: string, service: string): Promise<void> {
  const [row] = await marked(emulator, 'ARDoc', key);
  const { BatNbr: _batch, BatSeq: _seq, ...head } = row ?? {};
  const amount = Number(head.CuryOrigDocAmt);
  const line = { CuryTranAmt: amount, ...(service === 'paymentEntry' ? {} : { Acct: '4900', Sub: '000000000000' }) };
  await emulator.call('POST', `financial/accountsReceivable/${service}/screen`, {
    myBatch: {},
    myARDoc: { ...head, CustId: 'ACME' },
    myARTran: [line],
  });
}

function receiptHarness(emulator: SlEmulator): KindHarness {
  return {
    valid: (id, { of, amount, currency }: DocumentChange = {}) =>
      aReceipt(id, of ?? {}, {
        fields: {
          ...(amount ? { CuryOrigDocAmt: amount } : {}),
          ...(currency ? { CuryId: currency } : {}),
          ...(currency === foreignCurrency ? { SettledAmt: '107.52', SettledCuryId: 'USD' } : {}),
        },
      }),
    amount: async (key) => String((await marked(emulator, 'ARDoc', key))[0]?.CuryOrigDocAmt),
    duplicate: (key) => documentAgain(emulator, key, 'paymentEntry'),
  };
}

const batch = (kind: ErpBatchKind) => ({ batch: { kind, date: day, partition: 'USD' } });

function memoHarness(emulator: SlEmulator, kind: 'invoice' | 'credit-memo' | 'refund-payment'): KindHarness {
  return {
    ...batch('invoice-group'),
    valid: (id, { of = {} }: DocumentChange = {}) => aMemo(kind, id, of),
    duplicate: (key) => documentAgain(emulator, key, 'invoiceAndMemo'),
  };
}

const marksOf = (key: string) => ({ User1: parsePostingKey(key as PostingKey).sourceId.slice(0, 30), User2: shortReference(key, 30) });

function journalHarness(emulator: SlEmulator): KindHarness {
  return {
    ...batch('journal-group'),
    valid: (id) => aJournal(id),
    async duplicate(key) {
      const line = { Acct: '1150', Sub: '000000000000', CuryDrAmt: 1, CuryCrAmt: 0 };
      await emulator.call('POST', 'financial/generalLedger/journalTransactions/screen', {
        myBatch: { CuryId: 'USD', ...marksOf(key) },
        myGLTran: [line],
      });
    },
  };
}

/** A released payment and a released debit memo of 100.00, entered past the connector. */
async function paymentAndMemo(emulator: SlEmulator, { CustId }: ErpReference): Promise<ErpReference> {
  const ar = 'financial/accountsReceivable';
  const head = { CustId, DocDate: day, CuryId: 'USD', CuryOrigDocAmt: 100 };
  const account = { Acct: '1150', Sub: '000000000000' };
  const numbers: string[] = [];
  for (const [service, own, line] of [
    ['paymentEntry', { DocType: 'PA', BankAcct: '1150', BankSub: '000000000000' }, {}],
    ['invoiceAndMemo', { DocType: 'DM' }, account],
  ] as const) {
    const saved = await emulator.call('POST', `${ar}/${service}/screen`, {
      myBatch: {},
      myARDoc: { ...head, ...own },
      myARTran: [{ CuryTranAmt: 100, ...line }],
    });
    const { myBatch, myARDoc } = saved as { myBatch: { BatNbr: string }; myARDoc: { RefNbr: string } };
    await emulator.call('POST', `${ar}/${service}/editScreen/RELEASENOW`, { myBatch: { BatNbr: myBatch.BatNbr.trim() } });
    numbers.push(myARDoc.RefNbr.trim());
  }
  return { Paying: numbers[0] ?? '', Paid: numbers[1] ?? '' };
}

function applicationHarness(emulator: SlEmulator): KindHarness {
  return {
    ...batch('application-group'),
    prepare: (of) => paymentAndMemo(emulator, of),
    valid: (id, { of: { CustId = 'ACME', Paying = '1', Paid = '2' } = {} }: DocumentChange = {}) =>
      anApplication(id, { DocType: 'PA', RefNbr: Paying }, { CustId, DocType: 'DM', RefNbr: Paid }),
    async duplicate(key) {
      const [own] = await marked(emulator, 'Batch', key);
      const line = (await emulator.rows('ARTran')).find(({ BatNbr, SiteId }) => BatNbr === own?.BatNbr && SiteId !== '');
      const { CustId, TranType: DocType, RefNbr, SiteId, CostType } = line ?? {};
      await emulator.call('POST', 'financial/accountsReceivable/paymentApplication/screen', {
        myBatch: { CuryId: 'USD', ...marksOf(key) },
        myARDoc: { CustId, DocType, RefNbr },
        myARTran: [{ SiteId, CostType, CuryTranAmt: 1 }],
      });
    },
  };
}

/** The conformance harness of Dynamics SL: the connector against the emulator over HTTP. */
export async function slHarness(door: 'rest' | 'soap'): Promise<ErpConnectorHarness> {
  const emulator = await SlEmulator.start();
  const closed = await closedOrigin();
  const sent: Sent[] = [];
  return {
    connector: (variant = {}) => connectorFor(variant.unreachable ? closed : emulator.origin, door, variant, sent),
    fault: (step, fault) => emulator.faults({ match: { ...callOf(step), times: 1 }, action: faultOf[fault] }),
    clearFaults: () => emulator.faults(),
    sent: () => sent,
    documents: (key) => documents(emulator, key),
    batches: async (batchId) => (await emulator.rows('Batch')).filter(({ Module, BatNbr }) => `${Module}${BatNbr}` === batchId).length,
    openDate: day,
    bankAccount,
    bankCurrency: 'USD',
    foreignCurrency,
    amountsAreDoubles: true,
    secrets,
    kinds: {
      customer: customerHarness(emulator),
      'cash-receipt': receiptHarness(emulator),
      invoice: memoHarness(emulator, 'invoice'),
      'credit-memo': memoHarness(emulator, 'credit-memo'),
      'refund-payment': memoHarness(emulator, 'refund-payment'),
      application: applicationHarness(emulator),
      journal: journalHarness(emulator),
    },
    stop: () => emulator.stop(),
  };
}
