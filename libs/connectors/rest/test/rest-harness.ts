import { secretCredential } from '@tributary/connector-kit';
import type { ErpDocument } from '@tributary/connector-kit';
import type { ErpConnectorHarness, Fault, KindHarness, Step } from '@tributary/connector-kit/conformance';
import { postingKey } from '@tributary/domain';
import { readService, RestConnector, shippedService } from '../src/index.js';
import type { Collection, ServerFault } from './documented-server.js';
import { DocumentedServer } from './documented-server.js';

const token = 'rest-token-1';
const day = '2026-11-20';
const collectionOf: Readonly<Record<string, Collection>> = {
  customer: 'customers',
  'sales-order': 'salesorders',
  invoice: 'invoices',
  'credit-memo': 'creditmemos',
  journal: 'gl/journalentries',
};
const faultOf: Readonly<Partial<Record<Fault, ServerFault>>> = {
  'lose-answer-after-commit': 'drop',
  'bad-gateway-after-commit': 'drop-502',
  'silence-after-commit': 'drop-silent',
  silence: 'silent',
  refuse: 'down',
  'server-error': 'error',
  throttle: 'busy',
  'stale-row': 'stale',
  slow: 'slow',
  'period-closed': 'refused-200',
};

function callOf(step: Step): string {
  if (typeof step === 'string') throw new Error('there are no batches');
  return 'post' in step ? `POST ${collectionOf[step.post]}` : `GET ${collectionOf[step.find]}`;
}

/** A document of the shipped service file. */
export function aRestDocument(
  kind: string,
  id: string,
  fields: ErpDocument['fields'],
  change: Partial<Pick<ErpDocument, 'lines' | 'protocol'>> = {},
): ErpDocument {
  const key = postingKey({ target: 'rest-test', kind, sourceId: id });
  return { postingKey: key, kind, shape: `rest/${kind}`, protocol: 'create-once', fields, lines: [], ...change };
}

/** The conformance harness of the REST connector: the shipped service file against the documented API over HTTP. */
export async function restHarness(): Promise<ErpConnectorHarness> {
  const server = await DocumentedServer.start(token);
  const gone = await DocumentedServer.start(token);
  const closed = gone.origin;
  await gone.stop();
  const service = readService(shippedService);
  const sent: { method: string; path: string; body: string }[] = [];
  return {
    connector: ({ wrongPassword, unreachable, callTimeoutMs = 10_000 } = {}) => {
      const url = unreachable ? closed : server.origin;
      const secret = (): string => (wrongPassword ? 'wrong-token' : token);
      const recorded = (address: string, init: RequestInit): Promise<Response> => {
        sent.push({ method: init.method ?? 'GET', path: address.slice(url.length), body: typeof init.body === 'string' ? init.body : '' });
        return fetch(address, init);
      };
      return new RestConnector(service, { url, credential: secretCredential(secret), callTimeoutMs, fetch: recorded });
    },
    fault(step, fault) {
      const known = faultOf[fault];
      if (!known) throw new Error(`the documented API has no fault ${fault}`);
      server.fault(callOf(step), known);
      return Promise.resolve();
    },
    clearFaults: () => Promise.resolve(server.clearFaults()),
    sent: () => sent,
    documents: (key) => Promise.resolve(server.with(key).map(({ collection }) => ({ collection }))),
    openDate: day,
    secrets: [token, 'wrong-token'],
    kinds: kindsOf(server),
    stop: () => server.stop(),
  };
}

function kindsOf(server: DocumentedServer): Readonly<Record<string, KindHarness>> {
  const line = (key: string, price: string): ErpDocument['lines'][number] => ({
    table: 'Line',
    key,
    fields: { ItemId: 'WIDGET-001', Description: key, Quantity: '1', UnitPrice: price },
  });
  const lined = (kind: string, more: ErpDocument['fields'] = {}): KindHarness => ({
    valid(id, { of } = {}) {
      const fields = { CustomerNumber: of?.CustomerNumber ?? '1', OrderDate: day, TotalAmount: '120.00', Currency: 'USD', ...more };
      return aRestDocument(kind, id, fields, { lines: [line('item-1', '100.00'), line('tax', '20.00')] });
    },
    duplicate(key) {
      const [found] = server.with(key);
      if (found) server.store(found.collection, found.raw);
      return Promise.resolve();
    },
  });
  return {
    customer: customerHarness(server),
    'sales-order': lined('sales-order'),
    invoice: lined('invoice'),
    'credit-memo': lined('credit-memo', { ReasonCode: 'RETURN' }),
    journal: {
      valid: (id, { amount = '3.20', currency = 'USD' } = {}) =>
        aRestDocument('journal', id, { CashAccount: '1150', RevenueAccount: '4000', Amount: amount, Currency: currency, Date: day }),
      amount: (key) => Promise.resolve(/"Amount":([\d.]+)/.exec(server.with(key)[0]?.raw ?? '')?.[1]),
    },
  };
}

function customerHarness(server: DocumentedServer): KindHarness {
  const body = (key: string) => server.with(key)[0]?.body;
  const text = (key: string, name: string): Promise<string | undefined> => Promise.resolve(body(key) && String(body(key)?.[name]));
  const valid: KindHarness['valid'] = (id, { name = `Customer ${id}`, phone, inactive, protocol = 'ensure' } = {}) => {
    const fields = {
      Name: name,
      Email: `${id}@payers.example`,
      ...(phone ? { Phone: phone } : {}),
      ...(inactive ? { Inactive: true } : {}),
    };
    return aRestDocument('customer', id, fields, { protocol });
  };
  return {
    valid,
    invalid: (id) => ({ document: aRestDocument('customer', id, { Name: '' }, { protocol: 'ensure' }), field: 'CustomerName' }),
    field: (key, field) => text(key, field === 'name' ? 'CustomerName' : 'PhoneNumber'),
    active: (key) => Promise.resolve(body(key) && body(key)?.Inactive !== true),
    text: { field: 'Name', length: 50, with: (id, name) => valid(id, { name }), stored: (key) => text(key, 'CustomerName') },
  };
}
