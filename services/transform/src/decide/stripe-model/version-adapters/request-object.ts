import type { VersionAdapter } from './version-adapter.js';

/** 2017-05-25: `event.request` was the id as text, now `{id, idempotency_key}`. */
export const requestObject: VersionAdapter = {
  name: 'request-object',
  changedIn: '2017-05-25',
  object: undefined,
  appliesTo: (event) => typeof event.request === 'string',
  adapt: (event) => ({ ...event, request: { id: event.request, idempotency_key: null } }),
};
