import type { Parameters } from './form.js';
import type { Merchant } from './merchant.js';
import { apiVersion } from './objects.js';
import { invalid, optionalText, text } from './parameters.js';
import type { Store, StripeObject } from './store.js';

/** An API call about webhook endpoints. */
export interface EndpointCall {
  readonly id: string;
  readonly parameters: Parameters;
  readonly store: Store;
  readonly merchant: Merchant;
}

/** An endpoint as the API shows it after its creation. */
export function withoutSecret(endpoint: StripeObject): StripeObject {
  const { secret: _secret, ...rest } = endpoint;
  return rest as StripeObject;
}

/** Creates a webhook endpoint; its secret is shown only in this answer. */
export function createEndpoint({ parameters, store }: EndpointCall): StripeObject {
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

/** Changes URL, event types or status of a webhook endpoint. */
export function changeEndpoint(call: EndpointCall): StripeObject {
  const before = call.merchant.need('webhook_endpoints', call.id, 'webhook endpoint');
  const { disabled, url, enabled_events: types } = call.parameters;
  const after = {
    ...before,
    ...(url === undefined ? {} : { url }),
    ...(types === undefined ? {} : { enabled_events: types }),
    ...(disabled === undefined ? {} : { status: disabled === 'true' ? 'disabled' : 'enabled' }),
  };
  call.store.put('webhook_endpoints', after);
  return withoutSecret(after);
}

/** Deletes a webhook endpoint. */
export function deleteEndpoint({ merchant, store, id }: EndpointCall): StripeObject {
  merchant.need('webhook_endpoints', id, 'webhook endpoint');
  const gone = { id, object: 'webhook_endpoint', deleted: true };
  store.put('webhook_endpoints', gone);
  return gone;
}
