import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { ErpDocument } from '@tributary/connector-kit';
import type { ConnectorVariant, ErpConnectorHarness, KindHarness } from '@tributary/connector-kit/conformance';
import { postingKey, shortReference } from '@tributary/domain';
import { createKineticConnector } from '../src/index.js';
import type { KineticConfig, KineticConnector } from '../src/index.js';
import { target } from './kinetic-documents.js';
import { KineticEmulator } from './kinetic-emulator.js';
import { linedHarnesses } from './kinetic-lined-harness.js';
import { callOf, faultOf } from './kinetic-steps.js';

const secrets = ['demo-password', 'demo-api-key', 'wrong-password', Buffer.from('tributary:demo-password').toString('base64')];

export function kineticConfig(origin: string, change: Partial<KineticConfig> = {}): KineticConfig {
  return {
    url: `${origin}/kinetic`,
    company: 'EPIC06',
    user: 'tributary',
    password: 'demo-password',
    apiKey: 'demo-api-key',
    callTimeoutMs: 10_000,
    lookup: 'odata',
    emailLookup: 'functions',
    posting: 'direct',
    agentId: 'SystemTaskAgent',
    writes: 'dataset',
    functionName: 'Tributary/PostDocument',
    book: 'MAIN',
    readEffect: 'books',
    session: false,
    licenceRetryMs: 30_000,
    ...change,
  };
}

/** An address where somebody listened a moment ago and nobody does now. */
export function closedOrigin(): Promise<string> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(`http://127.0.0.1:${port}`));
    });
  });
}

type Sent = ReturnType<NonNullable<ErpConnectorHarness['sent']>>[number];

function connectorFor(origin: string, config: Partial<KineticConfig>, variant: ConnectorVariant, sent: Sent[]): KineticConnector {
  const own = kineticConfig(origin, {
    ...config,
    ...(variant.wrongPassword ? { password: 'wrong-password' } : {}),
    ...(variant.callTimeoutMs ? { callTimeoutMs: variant.callTimeoutMs } : {}),
  });
  return createKineticConnector(own, {
    fetch: (url, init) => {
      sent.push({ method: init.method ?? 'GET', path: url.slice(own.url.length), body: typeof init.body === 'string' ? init.body : '' });
      return fetch(url, init);
    },
  });
}

/** A customer of the walk's shape. `id` is a Stripe customer id. */
export function aCustomer(id: string, fields: ErpDocument['fields'] = {}, protocol: ErpDocument['protocol'] = 'ensure'): ErpDocument {
  return {
    postingKey: postingKey({ target, kind: 'customer', sourceId: id }),
    kind: 'customer',
    shape: 'epicor-kinetic/customer',
    lines: [],
    protocol,
    fields: {
      Name: `Customer ${id}`,
      TermsCode: 'N30',
      CurrencyCode: 'USD',
      EMailAddress: `${id.toLowerCase().replace(/\W/g, '-')}@payers.example`,
      ...fields,
    },
  };
}

/** A receipt of the walk's shape in a group, for a customer. */
export function aKineticReceipt(id: string, groupId: string, fields: ErpDocument['fields'] = {}): ErpDocument {
  return {
    postingKey: postingKey({ target, kind: 'cash-receipt', sourceId: id }),
    kind: 'cash-receipt',
    shape: 'epicor-kinetic/cash-receipt',
    lines: [],
    protocol: 'create-once',
    batchId: groupId,
    fields: {
      TranType: 'PayInv',
      CheckRef: id,
      DocTranAmt: '10.50',
      CurrencyCode: 'USD',
      TranDate: '2026-11-20',
      BankAcctID: 'STRIPE',
      CustNum: '1001',
      ...fields,
    },
  };
}

/** The conformance harness of Kinetic: the connector against the emulator over HTTP. */
export async function kineticHarness(config: Partial<KineticConfig> = {}): Promise<ErpConnectorHarness> {
  const emulator = await KineticEmulator.start();
  const closed = await closedOrigin();
  let groupNumber = 0;
  const sent: Sent[] = [];
  const ways = { lookup: config.lookup ?? 'odata', writes: config.writes ?? 'dataset' };
  // Connectors that hold a session hold a licence with it: each case gives its own back.
  let used: KineticConnector[] = [];
  const giveBack = async (): Promise<void> => {
    await Promise.all(used.map((connector) => connector.close()));
    used = [];
  };
  const rowsOf = async (key: string): Promise<Record<string, unknown>[]> => {
    const { customers, receipts, invoices, applications, journals, bankTransfers } = await emulator.state();
    return [...customers, ...receipts, ...invoices, ...applications, ...journals, ...bankTransfers].filter(
      (row) => row.StripePostingKey_c === key,
    );
  };
  return {
    connector(variant = {}) {
      const connector = connectorFor(variant.unreachable ? closed : emulator.origin, config, variant, sent);
      used.push(connector);
      return connector;
    },
    sent: () => sent,
    fault: (step, fault, kind) => emulator.faults([{ match: { ...callOf(step, ways, kind), times: 1 }, action: faultOf[fault] }]),
    async clearFaults() {
      await emulator.faults([]);
      await giveBack();
    },
    documents: async (key) =>
      (await rowsOf(key)).map((row) => ({ CustNum: String(row.CustNum ?? ''), HeadNum: String(row.HeadNum ?? '') })),
    async batches(batchId) {
      const { groups, invoiceGroups, journalGroups } = await emulator.state();
      return [...groups, ...invoiceGroups, ...journalGroups].filter((group) => group.GroupID === batchId).length;
    },
    openDate: '2026-11-20',
    bankAccount: 'STRIPE',
    bankCurrency: 'USD',
    foreignCurrency: 'GBP',
    secrets,
    newBatchId: () => `S${shortReference(String((groupNumber += 1)), 8)}`,
    kinds: { customer: customerHarness(rowsOf), 'cash-receipt': receiptHarness(emulator, rowsOf), ...linedHarnesses(emulator) },
    stop: () => emulator.stop(),
  };
}

type RowsOf = (key: string) => Promise<Record<string, unknown>[]>;

function customerHarness(rowsOf: RowsOf): KindHarness {
  return {
    valid: (id, { name, phone, inactive, protocol } = {}) =>
      aCustomer(
        id,
        { ...(name ? { Name: name } : {}), ...(phone ? { PhoneNum: phone } : {}), ...(inactive ? { Inactive: true } : {}) },
        protocol,
      ),
    // Kinetic's Zip has 10 characters.
    invalid: (id) => ({ document: aCustomer(id, { Zip: 'far too long for a postal code' }), field: 'Zip' }),
    async field(key, field) {
      const [row] = await rowsOf(key);
      return row && String(row[field === 'name' ? 'Name' : 'PhoneNum']);
    },
    async active(key) {
      const [row] = await rowsOf(key);
      return row && row.Inactive !== true;
    },
    text: {
      field: 'Name',
      length: 50,
      with: (id, Name) => aCustomer(id, { Name }),
      stored: async (key) => (await rowsOf(key)).map(({ Name }) => String(Name))[0],
    },
  };
}

function receiptHarness(emulator: KineticEmulator, rowsOf: RowsOf): KindHarness {
  return {
    valid: (id, { of, batch, amount, currency } = {}) =>
      aKineticReceipt(id, batch?.batchId ?? '', {
        CustNum: of?.CustNum ?? '',
        ...(batch ? { TranDate: batch.date, BankAcctID: batch.partition } : {}),
        ...(amount ? { DocTranAmt: amount } : {}),
        ...(currency ? { CurrencyCode: currency } : {}),
      }),
    async amount(key) {
      // Past JSON.parse, which has no such numbers: the digits as they are written.
      const receipts = (await emulator.stateText()).split('{').find((text) => text.includes(`"StripePostingKey_c":"${key}"`));
      return /"DocTranAmt":([\d.]+)/.exec(receipts ?? '')?.[1];
    },
    async duplicate(key) {
      const [row] = await rowsOf(key);
      const copy = { ...row, HeadNum: 0, RowMod: 'A' };
      await emulator.call('Erp.BO.CashRecSvc/UpdateMaster', { ds: { CashHead: [copy] }, ipGroupID: row?.GroupID, ipTableName: 'CashHead' });
    },
  };
}
