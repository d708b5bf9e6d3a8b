import type { Parameters } from './form.js';
import { expanded, page } from './lists.js';
import type { Confirmation, Merchant } from './merchant.js';
import type { Cause } from './objects.js';
import { billingOf, customerFields, invalid, missing, optionalAmount, optionalText, text, unknownParameter } from './parameters.js';
import { ApiProblem } from './problem.js';
import type { ProblemBody } from './problem.js';
import type { Collection, Store, StripeObject } from './store.js';
import { changeEndpoint, createEndpoint, deleteEndpoint, withoutSecret } from './webhook-endpoints.js';

/** A request to the v1 API. */
export interface ApiRequest {
  readonly method: string;
  /** Without `/v1`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly parameters: Parameters;
  readonly cause: Cause;
}

/** The state that an API call reads and changes. */
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

/** Writing calls by method and path. */
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

/** Answers a call of the part of the v1 API that is emulated; other URLs are unrecognised. @throws {ApiProblem} */
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

/** `pending_webhooks` of an event is as of now (section 3); an endpoint's secret is shown only at its creation. */
function shown(object: StripeObject, call: Call): StripeObject {
  if (object.object === 'event') return { ...object, pending_webhooks: call.pendingWebhooks(object) };
  return object.object === 'webhook_endpoint' ? withoutSecret(object) : object;
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

/** The outcome of a test card. Only `pm_card_chargeDeclined` is declined; Stripe's other test payment methods succeed (assumed). */
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

/** Changes description and metadata, the fields that other systems write back. */
function changeText(call: Call, collection: Collection, word: string, type: string | null): StripeObject {
  const { expand: _expand, ...changes } = call.parameters;
  const unknown = Object.keys(changes).find((name) => name !== 'metadata' && (name !== 'description' || collection === 'refunds'));
  if (unknown !== undefined) throw unknownParameter(unknown);
  return call.merchant.change(collection, call.id, word, changes, type, call.cause);
}

function matching({ query, pendingWebhooks }: Call, objects: readonly StripeObject[], filters: readonly string[]): StripeObject[] {
  const types = [...query].filter(([name]) => /^types(\[\d*\])?$/.test(name)).map(([, value]) => value);
  if (types.length > 20) throw invalid('types', undefined, 'At most 20 types can be asked for.');
  if (types.length > 0 && query.get('type') !== null)
    throw invalid('types', undefined, 'You may only specify one of these parameters: type, types.');
  // False means that at least one endpoint has not acknowledged it (section 5).
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

function unrecognised(request: ApiRequest): ApiProblem {
  return new ApiProblem(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${request.method}: /v1${request.path}).`,
  });
}
