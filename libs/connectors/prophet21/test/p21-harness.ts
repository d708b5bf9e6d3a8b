import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { ConnectorVariant, ErpConnectorHarness, KindHarness } from '@tributary/connector-kit/conformance';
import { shortReference } from '@tributary/domain';
import { createP21Connector, loadP21Config } from '../src/index.js';
import type { P21Connector } from '../src/index.js';
import { aCustomer, aMemo, anEntry, aReceipt, banks } from './p21-documents.js';
import { P21Emulator } from './p21-emulator.js';
import { callOf, faultOf } from './p21-steps.js';

type Row = Readonly<Record<string, unknown>>;
type Sent = ReturnType<NonNullable<ErpConnectorHarness['sent']>>[number];

/** Environment of a connector to the emulator. */
export function p21Environment(origin: string, change: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return {
    P21_URL: origin,
    P21_COMPANY: 'ACME',
    P21_USER: 'tributary',
    P21_PASSWORD: 'demo-password',
    P21_CALL_TIMEOUT_MS: '10000',
    P21_RECEIPT_SERVICE: 'CashReceipts',
    P21_FOREIGN_AMOUNTS: 'face',
    P21_CURRENCY_IDS: 'USD=1,EUR=2,GBP=3,JPY=8,KWD=9',
    P21_READ_EFFECT: 'all',
    ...change,
  };
}

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

function connectorFor(origin: string, login: NodeJS.ProcessEnv, variant: ConnectorVariant, sent: Sent[]): P21Connector {
  const change = {
    ...login,
    ...(variant.wrongPassword ? { P21_PASSWORD: 'wrong-password', P21_CONSUMER_KEY: '' } : {}),
    ...(variant.callTimeoutMs ? { P21_CALL_TIMEOUT_MS: String(variant.callTimeoutMs) } : {}),
  };
  return createP21Connector(loadP21Config(p21Environment(origin, change)), {
    fetch: (url, init) => {
      sent.push({ method: init.method ?? 'GET', path: url.slice(origin.length), body: typeof init.body === 'string' ? init.body : '' });
      return fetch(url, init);
    },
  });
}

/** The conformance harness of Prophet 21: the connector against the emulator over HTTP. @param login variables of another login. */
export async function p21Harness(login: NodeJS.ProcessEnv = {}): Promise<ErpConnectorHarness> {
  const emulator = await P21Emulator.start();
  const closed = await closedOrigin();
  const sent: Sent[] = [];
  return {
    connector: (variant = {}) => connectorFor(variant.unreachable ? closed : emulator.origin, login, variant, sent),
    sent: () => sent,
    fault(step, fault) {
      const action = faultOf[fault];
      if (!action) throw new Error(`Prophet 21 has no fault ${fault}`);
      return emulator.faults([{ match: { ...callOf(step), times: 1 }, action }]);
    },
    clearFaults: () => emulator.faults([]),
    documents: (key) => documentsOf(emulator, key),
    openDate: '2026-11-20',
    secrets: ['demo-password', 'wrong-password', 'demo-consumer-key'],
    kinds: {
      customer: customerHarness(emulator),
      'cash-receipt': receiptHarness(emulator),
      'credit-memo': memoHarness(emulator),
      journal: journalHarness(emulator),
    },
    stop: () => emulator.stop(),
  };
}

const rowsOf = async (emulator: P21Emulator, table: string): Promise<readonly Row[]> => (await emulator.state())[table] ?? [];
const reference = (key: string): string => shortReference(key, 20);

/** What carries the key: by legacy_id, at the beginning of payment_desc, at the end of a description. */
async function documentsOf(emulator: P21Emulator, key: string): Promise<Readonly<Record<string, string>>[]> {
  const state = await emulator.state();
  const customers = (state.customer ?? []).filter((row) => row.legacy_id === key).map((row) => ({ CustomerId: String(row.customer_id) }));
  const payments = (state.ar_payment_details ?? [])
    .filter((row) => String(row.payment_desc).startsWith(`Stripe ${reference(key)}`))
    .map((row) => ({ PaymentNumber: String(row.payment_number) }));
  const lines = (state.gl ?? []).filter((row) => String(row.description).endsWith(reference(key)));
  const entries = [...new Set(lines.map((row) => String(row.transaction_number)))].map((number) => ({ TransactionNumber: number }));
  const returns = (state.oe_hdr ?? [])
    .filter((row) => String(row.po_no).startsWith(`Stripe ${reference(key)}`))
    .map((row) => ({ OrderNo: String(row.order_no) }));
  return [...customers, ...payments, ...entries, ...returns];
}

function customerHarness(emulator: P21Emulator): KindHarness {
  const row = async (key: string): Promise<Row | undefined> => (await rowsOf(emulator, 'customer')).find(({ legacy_id: of }) => of === key);
  return {
    valid: (id, { name, phone, inactive, protocol } = {}) =>
      aCustomer(
        id,
        { ...(name ? { CustomerName: name } : {}), ...(phone ? { CentralPhoneNumber: phone } : {}), ...(inactive ? { Delete: true } : {}) },
        protocol,
      ),
    // address.mail_postal_code has 10 characters.
    invalid: (id) => ({ document: aCustomer(id, { MailPostalCode: 'far too long for a postal code' }), field: 'MailPostalCode' }),
    async field(key, field) {
      const found = await row(key);
      if (field === 'name') return found && String(found.customer_name);
      const address = (await rowsOf(emulator, 'address')).find(({ id }) => id === found?.customer_id);
      return address && String(address.central_phone_number);
    },
    active: async (key) => ((found) => found && found.delete_flag !== 'Y')(await row(key)),
    text: {
      field: 'CustomerName',
      length: 255,
      with: (id, CustomerName) => aCustomer(id, { CustomerName }),
      stored: async (key) => ((found) => found && String(found.customer_name))(await row(key)),
    },
  };
}

function receiptHarness(emulator: P21Emulator): KindHarness {
  return {
    valid: (id, { of, amount, currency } = {}) =>
      aReceipt(id, {
        customer_id: of?.CustomerId ?? '',
        ...(amount ? { payment_amount: amount } : {}),
        ...(currency ? { currency, bank_no: banks[currency] ?? '' } : {}),
      }),
    async amount(key) {
      // Past JSON.parse, which has no such numbers: the digits as they are written.
      const row = (await emulator.stateText()).split('{').find((text) => text.includes(`Stripe ${reference(key)}`));
      return /"payment_amount":([\d.]+)/.exec(row ?? '')?.[1];
    },
    async duplicate(key) {
      const payment = (await rowsOf(emulator, 'ar_payment_details')).find(({ payment_desc: of }) => String(of).includes(reference(key)));
      const receipt = (await rowsOf(emulator, 'ar_receipts')).find(({ payment_number: of }) => of === payment?.payment_number);
      const edits = {
        customer_id: receipt?.remitter_id,
        bank_no: receipt?.bank_no,
        payment_type_id: payment?.payment_type_id,
        date_received: String(payment?.payment_date).slice(0, 10),
        payment_amount: payment?.payment_amount,
        payment_desc: payment?.payment_desc,
      };
      const Edits = Object.entries(edits).map(([Name, value]) => ({ Name, Value: String(value) }));
      const element = { Name: 'TABPAGE_1.cash_receipts', Type: 'Form', Keys: [], Rows: [{ Edits, RelativeDateEdits: [] }] };
      const set = { Name: 'CashReceipts', UseCodeValues: false, Transactions: [{ Status: 'New', DataElements: [element] }] };
      await emulator.call('POST', '/uiserver0/api/v2/transaction', set);
    },
  };
}

function memoHarness(emulator: P21Emulator): KindHarness {
  return {
    valid: (id, { of } = {}) => aMemo(id, { customer_id: of?.CustomerId ?? '' }),
    async duplicate(key) {
      const order = (await rowsOf(emulator, 'oe_hdr')).find(({ po_no: of }) => String(of).includes(reference(key)));
      const lines = (await rowsOf(emulator, 'oe_line')).filter(({ order_no: of }) => of === order?.order_no);
      const edits = (row: Row | undefined, names: readonly string[]): object[] =>
        names.map((Name) => ({ Name, Value: String(row?.[Name === 'oe_order_item_id' ? 'item_id' : Name]).replace('T00:00:00', '') }));
      const form = {
        Name: 'TABPAGE_1.order',
        Type: 'Form',
        Keys: [],
        Rows: [{ Edits: edits(order, ['customer_id', 'order_date', 'po_no']) }],
      };
      const lined = ['user_line_no', 'oe_order_item_id', 'unit_quantity', 'unit_price'];
      const list = {
        Name: 'TP_ITEMS.items',
        Type: 'List',
        Keys: ['user_line_no'],
        Rows: lines.map((line) => ({ Edits: edits(line, lined) })),
      };
      const set = { Name: 'RMA', UseCodeValues: false, Transactions: [{ Status: 'New', DataElements: [form, list] }] };
      await emulator.call('POST', '/uiserver0/api/v2/transaction', set);
    },
  };
}

function journalHarness(emulator: P21Emulator): KindHarness {
  return {
    valid: (id) => anEntry(id),
    async duplicate(key) {
      const rows = (await rowsOf(emulator, 'gl')).filter((row) => String(row.description).endsWith(reference(key)));
      const lines = rows.map((row) => ({
        CompanyNo: row.company_no,
        AccountNumber: row.account_number,
        Period: row.period,
        YearForPeriod: row.year_for_period,
        JournalId: row.journal_id,
        Amount: row.amount,
        ForeignAmount: row.foreign_amount,
        Description: row.description,
        Source: row.source,
        TransactionDate: row.transaction_date,
      }));
      await emulator.call('POST', '/api/accounting/gl/', lines);
    },
  };
}
