import type { Parameters } from './form.js';
import { expanded, page } from './lists.js';
import type { Confirmation, Merchant } from './merchant.js';
import { apiVersion } from './objects.js';
import type { Billing, Cause } from './objects.js';
import { ApiProblem } from './problem.js';
import type { ProblemBody } from './problem.js';
import type { Collection, Store, StripeObject } from './store.js';

export interface ApiRequest {
  readonly method: string;
  /** Without `/v1`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly parameters: Parameters;
  readonly cause: Cause;
}

/** What an API call may look at and change. */
export interface Account {
  readonly store: Store;
  readonly merchant: Merchant;
  /** Endpoints that have not acknowledged an event yet. */
  pendingWebhooks(event: StripeObject): number;
}

interface Call extends ApiRequest, Account {
  readonly id: string;
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

/** What can be written, by method and path. */
const writes: Readonly<Record<string, (call: Call) => StripeObject>> = {
  'POST customers': ({ merchant, parameters, cause }) => merchant.createCustomer(customerFields(parameters), cause),
  'POST customers/:id': ({ merchant, id, parameters, cause }) => merchant.updateCustomer(id, customerFields(parameters), cause),
  'DELETE customers/:id': ({ merchant, id, cause }) => merchant.deleteCustomer(id, cause),
  'POST payment_intents': createIntent,
  'POST payment_intents/:id': (call) => changeText(call, 'payment_intents', 'payment_intent', null),
  'POST payment_intents/:id/confirm': ({ merchant, id, parameters, cause }) => paid(merchant.confirm(id, confirmation(parameters), cause)),
  'POST payment_intents/:id/capture': ({ merchant, id, parameters, cause }) =>
    merchant.capture(id, optionalAmount(parameters, 'amount_to_capture'), cause),
  'POST payment_intents/:id/cancel': ({ merchant, id, parameters, cause }) =>
    merchant.cancel(id, optionalText(parameters, 'cancellation_reason'), cause),
  'POST charges/:id': (call) => changeText(call, 'charges', 'charge', 'charge.updated'),
  'POST charges/:id/capture': captureCharge,
  'POST refunds': createRefund,
  'POST refunds/:id': (call) => changeText(call, 'refunds', 'refund', 'refund.updated'),
  'POST webhook_endpoints': createEndpoint,
  'POST webhook_endpoints/:id': changeEndpoint,
  'DELETE webhook_endpoints/:id': deleteEndpoint,
};

/** The part of the v1 API that this emulator speaks; anything else is answered as an unrecognised URL. @throws {ApiProblem} */
export function answer(request: ApiRequest, account: Account): unknown {
  const [, resource = '', id, action] = request.path.split('/');
  const kind = Object.hasOwn(listed, resource) ? listed[resource] : undefined;
  if (!kind) throw unrecognised(request);
  const call: Call = { ...request, ...account, id: id === undefined ? '' : decodeURIComponent(id) };
  return expanded(act(call, resource, id === undefined, action, kind), expandPaths(request), account.store);
}

function act(call: Call, resource: string, whole: boolean, action: string | undefined, kind: (typeof listed)[string]): unknown {
  const { method, store, query } = call;
  if (method === 'GET' && action === undefined) {
    if (!whole) return shown(read(call, kind), call);
    const found = page(matching(call, store.all(kind.collection), kind.filters), query, `/v1/${resource}`);
    return { ...found, data: found.data.map((object) => shown(object, call)) };
  }
  const route = `${method} ${resource}${whole ? '' : '/:id'}${action === undefined ? '' : `/${action}`}`;
  const write = Object.hasOwn(writes, route) ? writes[route] : undefined;
  if (!write) throw unrecognised(call);
  return write(call);
}

function read({ store, merchant, id }: Call, kind: (typeof listed)[string]): StripeObject {
  const found = store.get(kind.collection, id);
  // A deleted customer is still answered, in its short form (section 7).
  return found?.deleted === true && kind.collection === 'customers' ? found : merchant.need(kind.collection, id, kind.word);
}

/** `pending_webhooks` of an event is as of now (section 3); an endpoint's secret is told only when it is made. */
function shown(object: StripeObject, call: Call): StripeObject {
  if (object.object === 'event') return { ...object, pending_webhooks: call.pendingWebhooks(object) };
  if (object.object !== 'webhook_endpoint') return object;
  const { secret: _secret, ...rest } = object;
  return rest as StripeObject;
}

function createIntent({ parameters, merchant, cause }: Call): StripeObject {
  const amount = optionalAmount(parameters, 'amount');
  if (amount === undefined) throw missing('amount');
  if (amount < 1) throw invalid('amount', 'parameter_invalid_integer', 'This value must be greater than or equal to 1.');
  const capture = optionalText(parameters, 'capture_method') ?? 'automatic_async';
  if (capture !== 'automatic' && capture !== 'automatic_async' && capture !== 'manual')
    throw invalid('capture_method', undefined, `Invalid capture_method: must be one of automatic, automatic_async, or manual`);
  const currency = text(parameters, 'currency').toLowerCase();
  if (!/^[a-z]{3}$/.test(currency)) throw invalid('currency', undefined, `Invalid currency: ${currency}`);
  const options = {
    amount,
    currency,
    customer: optionalText(parameters, 'customer'),
    description: optionalText(parameters, 'description'),
    metadata: (parameters.metadata as Record<string, string> | undefined) ?? {},
    capture,
  } as const;
  if (parameters.confirm === 'true') return paid(merchant.pay({ ...options, ...confirmation(parameters) }, cause));
  return merchant.createIntent(options, cause);
}

/** How a test card ends; only the outcome that its name says. Stripe's other test payment methods succeed here (assumed). */
function confirmation(parameters: Parameters): Confirmation {
  const billing = (parameters.payment_method_data as Parameters | undefined)?.billing_details as Parameters | undefined;
  return {
    outcome: parameters.payment_method === 'pm_card_chargeDeclined' ? 'declined' : 'succeeds',
    ...(billing ? { billing: billingOf(billing) } : {}),
  };
}

/** A declined card is an error answer (402) that carries the intent (section 6; the status is assumed). */
function paid({ intent }: { intent: StripeObject }): StripeObject {
  if (intent.last_payment_error === null) return intent;
  throw new ApiProblem(402, { ...(intent.last_payment_error as ProblemBody), payment_intent: intent });
}

function captureCharge({ merchant, id, parameters, cause }: Call): StripeObject {
  const charge = merchant.need('charges', id, 'charge');
  merchant.capture(charge.payment_intent as string, optionalAmount(parameters, 'amount'), cause);
  return merchant.need('charges', id, 'charge');
}

function createRefund({ parameters, merchant, cause }: Call): StripeObject {
  const intent = optionalText(parameters, 'payment_intent');
  const charge =
    optionalText(parameters, 'charge') ??
    (intent === null
      ? null
      : (merchant.need('payment_intents', intent, 'payment_intent', 'payment_intent').latest_charge as string | null));
  if (charge === null) throw missing('charge');
  const metadata = (parameters.metadata as Record<string, string> | undefined) ?? {};
  return merchant.refund(charge, optionalAmount(parameters, 'amount'), { reason: optionalText(parameters, 'reason'), metadata }, cause);
}

/** Description and metadata, which is what a system beside Stripe writes back. */
function changeText(call: Call, collection: Collection, word: string, type: string | null): StripeObject {
  const { expand: _expand, ...changes } = call.parameters;
  const unknown = Object.keys(changes).find((name) => name !== 'metadata' && (name !== 'description' || collection === 'refunds'));
  if (unknown !== undefined) throw unknownParameter(unknown);
  return call.merchant.change(collection, call.id, word, changes, type, call.cause);
}

function createEndpoint({ parameters, store }: Call): StripeObject {
  const version = optionalText(parameters, 'api_version');
  if (version !== null && version !== apiVersion)
    throw invalid('api_version', undefined, `This emulator speaks ${apiVersion}, not ${version}.`);
  const endpoint = {
    id: store.newId('we'),
    object: 'webhook_endpoint',
    api_version: version,
    application: null,
    created: Math.floor(Date.now() / 1_000),
    description: optionalText(parameters, 'description'),
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

function changeEndpoint(call: Call): StripeObject {
  const before = call.merchant.need('webhook_endpoints', call.id, 'webhook endpoint');
  const { disabled, url, enabled_events: types } = call.parameters;
  const after = {
    ...before,
    ...(url === undefined ? {} : { url }),
    ...(types === undefined ? {} : { enabled_events: types }),
    ...(disabled === undefined ? {} : { status: disabled === 'true' ? 'disabled' : 'enabled' }),
  };
  call.store.put('webhook_endpoints', after);
  return shown(after, call);
}

function deleteEndpoint({ merchant, store, id }: Call): StripeObject {
  merchant.need('webhook_endpoints', id, 'webhook endpoint');
  const gone = { id, object: 'webhook_endpoint', deleted: true };
  store.put('webhook_endpoints', gone);
  return gone;
}

const customerFieldNames = ['name', 'email', 'phone', 'description', 'address', 'shipping', 'metadata', 'preferred_locales', 'tax_exempt'];

function customerFields(parameters: Parameters): Record<string, unknown> {
  const unknown = Object.keys(parameters).find((name) => !customerFieldNames.includes(name) && name !== 'expand');
  if (unknown !== undefined) throw unknownParameter(unknown);
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

function matching({ query, pendingWebhooks }: Call, objects: readonly StripeObject[], filters: readonly string[]): StripeObject[] {
  const types = [...query].filter(([name]) => /^types(\[\d*\])?$/.test(name)).map(([, value]) => value);
  if (types.length > 20) throw invalid('types', undefined, 'At most 20 types can be asked for.');
  if (types.length > 0 && query.get('type') !== null)
    throw invalid('types', undefined, 'You may only specify one of these parameters: type, types.');
  // False means that at least one endpoint has not taken it (section 5).
  const delivered = query.get('delivery_success');
  return objects.filter(
    (object) =>
      object.deleted !== true &&
      filters.every((name) => query.get(name) === null || object[name] === query.get(name)) &&
      (types.length === 0 || types.includes(object.type as string)) &&
      (object.object !== 'event' || delivered === null || (delivered === 'true') === (pendingWebhooks(object) === 0)),
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
    throw invalid(name, 'parameter_invalid_integer', `Invalid integer: ${String(value)}`);
  return Number(value);
}

function optionalText(parameters: Parameters, name: string): string | null {
  const value = parameters[name];
  if (value === undefined || value === '') return null;
  if (typeof value !== 'string') throw invalid(name, undefined, `Invalid string: ${name}`);
  return value;
}

function invalid(param: string, code: string | undefined, message: string): ApiProblem {
  return new ApiProblem(400, { type: 'invalid_request_error', ...(code === undefined ? {} : { code }), param, message });
}

function missing(name: string): ApiProblem {
  return invalid(name, 'parameter_missing', `Missing required param: ${name}.`);
}

function unknownParameter(name: string): ApiProblem {
  return invalid(name, 'parameter_unknown', `Received unknown parameter: ${name}`);
}

function unrecognised(request: ApiRequest): ApiProblem {
  return new ApiProblem(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${request.method}: /v1${request.path}).`,
  });
}
