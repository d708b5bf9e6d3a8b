import type { P21Config } from './p21.config.js';
import { readErrorAnswer } from './p21-error-answer.js';
import type { CallKind } from '@tributary/connector-kit';
import { P21RefusedError, P21SilentError } from './p21-errors.js';
import { readExactJson } from './p21-json.js';
import { neverSent, reasonOf, retryAfterOf } from '@tributary/connector-kit';

/** The part of `fetch` that the client uses. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** One HTTP call. */
export interface P21Request {
  readonly verb: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  /** For messages: what is called, without keys. */
  readonly name: string;
  readonly kind: CallKind;
  readonly body?: string;
  /** Absent for the calls that get one. */
  readonly token?: string;
}

/**
 * Sends one call and reads its answer as JSON. JSON is asked for always: the default of the middleware is XML (docs/reference/prophet21.md
 * section 2). Redirects are not followed, since bodies and tokens are lost on them (section 6).
 * @throws {P21RefusedError} for an answer that is an error. @throws {P21SilentError} without a usable answer.
 */
export async function send(
  request: P21Request,
  config: Pick<P21Config, 'callTimeoutMs'>,
  fetch: Fetch,
  signal: AbortSignal,
): Promise<unknown> {
  const { verb, url, name, kind, body, token } = request;
  if (signal.aborted) throw new P21SilentError(name, kind, false, 'given up before it was sent');
  const limit = AbortSignal.any([signal, AbortSignal.timeout(config.callTimeoutMs)]);
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: verb,
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      redirect: 'manual',
      signal: limit,
      ...(body === undefined ? {} : { body }),
    });
    text = await response.text();
  } catch (error) {
    throw new P21SilentError(name, kind, !neverSent(error), reasonOf(error, limit), { cause: error });
  }
  if (!response.ok) throw new P21RefusedError(name, kind, response.status, readErrorAnswer(text), retryAfterOf(response));
  return parsed(text, name, kind);
}

function parsed(body: string, name: string, kind: CallKind): unknown {
  try {
    if (body !== '') return readExactJson(body);
  } catch {
    // Falls through: a proxy's page with status 200 says no more than no answer.
  }
  throw new P21SilentError(name, kind, true, 'the answer is not JSON');
}
