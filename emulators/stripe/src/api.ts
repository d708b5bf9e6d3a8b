import { listed, matching, shown } from './api-lists.js';
import type { Listed } from './api-lists.js';
import { balanceObject, changeDispute, createPayout, createRefund } from './api-money.js';
import { captureCharge, captureIntent, confirmIntent, createIntent } from './api-payments.js';
import type { Parameters } from './form.js';
import { expanded, page } from './lists.js';
import type { Merchant } from './merchant.js';
import type { Cause } from './objects.js';
import { customerFields, optionalText, unknownParameter } from './parameters.js';
import { ApiProblem } from './problem.js';
import type { Collection, Store, StripeObject } from './store.js';
import { changeEndpoint, createEndpoint, deleteEndpoint } from './webhook-endpoints.js';

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

/** Writing calls by method and path. */
const writes: Readonly<Record<string, (call: Call) => StripeObject>> = {
  'POST customers': ({ merchant, parameters, cause }) => merchant.createCustomer(customerFields(parameters), cause),
  'POST customers/:id': ({ merchant, id, parameters, cause }) => merchant.updateCustomer(id, customerFields(parameters), cause),
  'DELETE customers/:id': ({ merchant, id, cause }) => merchant.deleteCustomer(id, cause),
  'POST payment_intents': createIntent,
  'POST payment_intents/:id': (call) => changeText(call, 'payment_intents', 'payment_intent', null),
  'POST payment_intents/:id/confirm': confirmIntent,
  'POST payment_intents/:id/capture': captureIntent,
  'POST payment_intents/:id/cancel': ({ merchant, id, parameters, cause }) =>
    merchant.cancel(id, optionalText(parameters, 'cancellation_reason'), cause),
  'POST charges/:id': (call) => changeText(call, 'charges', 'charge', 'charge.updated'),
  'POST charges/:id/capture': captureCharge,
  'POST refunds': createRefund,
  'POST refunds/:id': (call) => changeText(call, 'refunds', 'refund', 'refund.updated'),
  'POST disputes/:id': changeDispute,
  'POST disputes/:id/close': ({ merchant, id, cause }) => merchant.disputes.close(id, 'lost', false, cause),
  'POST payouts': createPayout,
  'POST payouts/:id': (call) => changeText(call, 'payouts', 'payout', 'payout.updated'),
  'POST payouts/:id/cancel': ({ merchant, id, cause }) => merchant.payouts.cancel(id, cause),
  'POST webhook_endpoints': createEndpoint,
  'POST webhook_endpoints/:id': changeEndpoint,
  'DELETE webhook_endpoints/:id': deleteEndpoint,
};

/** Answers a call of the part of the v1 API that is emulated; other URLs are unrecognised. @throws {ApiProblem} */
export function answer(request: ApiRequest, account: Account): unknown {
  if (request.method === 'GET' && request.path === '/balance') return balanceObject(account.merchant);
  const { resource, id, action } = routeOf(request.path);
  const kind = Object.hasOwn(listed, resource) ? listed[resource] : undefined;
  if (!kind) throw unrecognised(request);
  const call: Call = { ...request, ...account, id: id === undefined ? '' : decodeURIComponent(id) };
  const asShown = {
    get: (collection: Collection, of: string): StripeObject | undefined => {
      const object = account.store.get(collection, of);
      return object && shown(object, account);
    },
  };
  return expanded(act(call, resource, id === undefined, action, kind), expandPaths(request), asShown);
}

/** `/refunds/re_1/cancel` is refunds, re_1, cancel; resources under `radar` and `checkout` have two words. */
function routeOf(path: string): { readonly resource: string; readonly id?: string; readonly action?: string } {
  const [first = '', ...rest] = path.slice(1).split('/');
  const [second, ...others] = rest;
  const [resource, [id, action]] = first === 'radar' || first === 'checkout' ? [`${first}/${second ?? ''}`, others] : [first, rest];
  return { resource, ...(id === undefined ? {} : { id }), ...(action === undefined ? {} : { action }) };
}

function act(call: Call, resource: string, whole: boolean, action: string | undefined, kind: Listed): unknown {
  const { method, query } = call;
  if (method === 'GET' && action === undefined) {
    if (!whole) return shown(read(call, kind), call);
    const found = page(matching(call, kind), query, `/v1/${resource}`);
    return { ...found, data: found.data.map((object) => shown(object, call)) };
  }
  const route = `${method} ${resource}${whole ? '' : '/:id'}${action === undefined ? '' : `/${action}`}`;
  const write = Object.hasOwn(writes, route) ? writes[route] : undefined;
  if (!write) throw unrecognised(call);
  return write(call);
}

function read({ store, merchant, id }: Call, kind: Listed): StripeObject {
  const found = store.get(kind.collection, id);
  // A deleted customer is still answered, in its short form (section 7).
  return found?.deleted === true && kind.collection === 'customers' ? found : merchant.need(kind.collection, id, kind.word);
}

/** Changes description and metadata, the fields that other systems write back. */
function changeText(call: Call, collection: Collection, word: string, type: string | null): StripeObject {
  const { expand: _expand, ...changes } = call.parameters;
  const described = collection !== 'refunds' && collection !== 'payouts';
  const unknown = Object.keys(changes).find((name) => name !== 'metadata' && (name !== 'description' || !described));
  if (unknown !== undefined) throw unknownParameter(unknown);
  return call.merchant.change(collection, call.id, word, changes, type, call.cause);
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
