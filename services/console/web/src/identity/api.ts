import { ApiError } from '../shell/http.js';
import { readRecord, readText } from '../recon/read-value.js';
import { backgroundHeader } from './activity.js';
import { csrfToken, recheck } from './session.js';

/**
 * A request to the console about identity.
 * @returns the answer, unchecked; undefined when it has none.
 * @throws {ApiError} with the status and the message of the answer.
 */
export async function askIdentity(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<unknown> {
  const csrf = method === 'GET' ? undefined : csrfToken();
  const response = await fetch(`/identity${path}`, {
    method,
    headers: {
      accept: 'application/json',
      ...(method === 'GET' ? backgroundHeader() : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(csrf === undefined ? {} : { 'x-csrf-token': csrf }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  if (response.status === 401) void recheck(); // the session has ended: the page asks to sign in again
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer;
  throw new ApiError(readText(readRecord(answer).message) ?? `The console answered ${response.status}.`, response.status);
}
