import type { Parameters } from './form.js';
import { expanded, page } from './lists.js';
import type { Merchant } from './merchant.js';
import type { Billing } from './objects.js';
import { ApiProblem } from './problem.js';
import type { Collection, Store, StripeObject } from './store.js';

export interface ApiRequest {
  readonly method: string;
  /** Without `/v1`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly parameters: Parameters;
  readonly idempotencyKey: string | null;
}

const listed: Readonly<Record<string, { collection: Collection; word: string; filters: readonly string[] }>> = {
  customers: { collection: 'customers', word: 'customer', filters: ['email'] },
  payment_intents: { collection: 'payment_intents', word: 'payment_intent', filters: ['customer'] },
  charges: { collection: 'charges', word: 'charge', filters: ['customer', 'payment_intent'] },
  refunds: { collection: 'refunds', word: 'refund', filters: ['charge', 'payment_intent'] },
  balance_transactions: { collection: 'balance_transactions', word: 'balance transaction', filters: ['type', 'currency', 'source'] },
  events: { collection: 'events', word: 'event', filters: ['type'] },
  webhook_endpoints: { collection: 'webhook_endpoints', word: 'webhook endpoint', filters: [] },
};

/** The part of the v1 API that this emulator speaks; anything else is answered as an unrecognised URL. @throws {ApiProblem} */
export function answer(request: ApiRequest, store: Store, merchant: Merchant): unknown {
  const [, resource = '', id, action] = request.path.split('/');
  const kind = listed[resource];
  if (!kind) throw unrecognised(request);
  const result = act(request, resource, id === undefined ? undefined : decodeURIComponent(id), action, kind, store, merchant);
  return expanded(result, expandPaths(request), store);
}

function act(
  request: ApiRequest,
  resource: string,
  id: string | undefined,
  action: string | undefined,
  kind: (typeof listed)[string],
  store: Store,
  merchant: Merchant,
): unknown {
  const { method, parameters, idempotencyKey: key } = request;
  if (method === 'GET' && id === undefined)
    return page(matching(store.all(kind.collection), kind.filters, request.query), request.query, `/v1/${resource}`);
  if (method === 'GET' && action === undefined) return read(store, kind, id as string, merchant);
  switch (`${method} ${resource}${id === undefined ? '' : '/:id'}${action === undefined ? '' : `/${action}`}`) {
    case 'POST customers':
      return merchant.createCustomer(customerFields(parameters), key);
    case 'POST customers/:id':
      return merchant.updateCustomer(id as string, customerFields(parameters), key);
    case 'DELETE customers/:id':
      return merchant.deleteCustomer(id as string, key);
    case 'POST payment_intents':
      return createIntent(parameters, merchant, key);
    case 'POST payment_intents/:id/capture':
      return merchant.capture(id as string, optionalAmount(parameters, 'amount_to_capture'), key);
    case 'POST refunds':
      return createRefund(parameters, store, merchant, key);
    case 'POST webhook_endpoints': {
      const endpoint = {
        id: store.newId('we'),
        object: 'webhook_endpoint',
        created: Math.floor(Date.now() / 1_000),
        url: text(parameters, 'url'),
        status: 'enabled',
        enabled_events: parameters.enabled_events ?? ['*'],
        livemode: false,
        metadata: {},
        secret: `whsec_${store.newId('x').slice(2)}`,
      };
      store.put('webhook_endpoints', endpoint);
      return endpoint;
    }
    default:
      throw unrecognised(request);
  }
}

function read(store: Store, kind: (typeof listed)[string], id: string, merchant: Merchant): StripeObject {
  const found = store.get(kind.collection, id);
  // A deleted customer is still answered, in its short form (section 7).
  return found?.deleted === true ? found : merchant.need(kind.collection, id, kind.word);
}

function createIntent(parameters: Parameters, merchant: Merchant, key: string | null): StripeObject {
  const amount = optionalAmount(parameters, 'amount');
  if (amount === undefined) throw missing('amount');
  const currency = text(parameters, 'currency').toLowerCase();
  if (parameters.confirm !== 'true')
    throw new ApiProblem(400, {
      type: 'invalid_request_error',
      param: 'confirm',
      message: 'This emulator makes payment intents that are confirmed at once: send confirm=true.',
    });
  const method = parameters.payment_method;
  const billing = (parameters.payment_method_data as Parameters | undefined)?.billing_details as Parameters | undefined;
  return merchant.pay(
    {
      amount,
      currency,
      customer: (parameters.customer as string | undefined) ?? null,
      description: (parameters.description as string | undefined) ?? null,
      metadata: (parameters.metadata as Record<string, string> | undefined) ?? {},
      capture: parameters.capture_method === 'manual' ? 'manual' : 'automatic_async',
      outcome: method === 'pm_card_chargeDeclined' ? 'declined' : 'succeeds',
      ...(billing ? { billing: billingOf(billing) } : {}),
    },
    key,
  ).intent;
}

function createRefund(parameters: Parameters, store: Store, merchant: Merchant, key: string | null): StripeObject {
  const intent = parameters.payment_intent as string | undefined;
  const chargeId =
    (parameters.charge as string | undefined) ??
    (intent === undefined ? undefined : (merchant.need('payment_intents', intent, 'payment_intent').latest_charge as string));
  if (chargeId === undefined) throw missing('charge');
  return merchant.refund(
    chargeId,
    optionalAmount(parameters, 'amount'),
    {
      reason: (parameters.reason as string | undefined) ?? null,
      metadata: (parameters.metadata as Record<string, string> | undefined) ?? {},
    },
    key,
  );
}

const customerFieldNames = ['name', 'email', 'phone', 'description', 'address', 'shipping', 'metadata', 'preferred_locales', 'tax_exempt'];

function customerFields(parameters: Parameters): Record<string, unknown> {
  const unknown = Object.keys(parameters).find((name) => !customerFieldNames.includes(name) && name !== 'expand');
  if (unknown !== undefined)
    throw new ApiProblem(400, {
      type: 'invalid_request_error',
      code: 'parameter_unknown',
      param: unknown,
      message: `Received unknown parameter: ${unknown}`,
    });
  // Setting a value to empty deletes it (section 7).
  return Object.fromEntries(
    Object.entries(parameters)
      .filter(([name]) => name !== 'expand')
      .map(([name, value]) => [name, value === '' ? null : value]),
  );
}

function billingOf(details: Parameters): Billing {
  return {
    name: (details.name as string | undefined) ?? null,
    email: (details.email as string | undefined) ?? null,
    phone: (details.phone as string | undefined) ?? null,
    address: (details.address as Billing['address'] | undefined) ?? null,
  };
}

function matching(objects: readonly StripeObject[], filters: readonly string[], query: URLSearchParams): StripeObject[] {
  const types = [...query].filter(([name]) => /^types(\[\d*\])?$/.test(name)).map(([, value]) => value);
  if (types.length > 20)
    throw new ApiProblem(400, { type: 'invalid_request_error', param: 'types', message: 'At most 20 types can be asked for.' });
  if (types.length > 0 && query.get('type') !== null)
    throw new ApiProblem(400, {
      type: 'invalid_request_error',
      param: 'types',
      message: 'You may only specify one of these parameters: type, types.',
    });
  return objects.filter(
    (object) =>
      object.deleted !== true &&
      filters.every((name) => query.get(name) === null || object[name] === query.get(name)) &&
      (types.length === 0 || types.includes(object.type as string)),
  );
}

function expandPaths(request: ApiRequest): string[] {
  const inQuery = [...request.query].filter(([name]) => /^expand(\[\d*\])?$/.test(name)).map(([, value]) => value);
  const inBody = request.parameters.expand;
  return [...inQuery, ...(Array.isArray(inBody) ? inBody.map(String) : [])];
}

function text(parameters: Parameters, name: string): string {
  const value = parameters[name];
  if (typeof value !== 'string' || value === '') throw missing(name);
  return value;
}

function optionalAmount(parameters: Parameters, name: string): number | undefined {
  const value = parameters[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || !/^\d{1,12}$/.test(value))
    throw new ApiProblem(400, {
      type: 'invalid_request_error',
      code: 'parameter_invalid_integer',
      param: name,
      message: `Invalid integer: ${String(value)}`,
    });
  return Number(value);
}

function missing(name: string): ApiProblem {
  return new ApiProblem(400, {
    type: 'invalid_request_error',
    code: 'parameter_missing',
    param: name,
    message: `Missing required param: ${name}.`,
  });
}

function unrecognised(request: ApiRequest): ApiProblem {
  return new ApiProblem(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${request.method}: /v1${request.path}).`,
  });
}
