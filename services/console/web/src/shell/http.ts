import { addressOf } from '../api/address.js';
import type { AnswerOf, BodyOf, Method, Parameters, PathOf } from '../api/documents.js';
import { sent } from '../api/sent.js';
import type { Sent } from '../api/sent.js';
import { backgroundHeader } from '../identity/activity.js';
import { csrfToken, recheck } from '../identity/session.js';
import { readRecord, readText } from '../recon/read-value.js';
import { learnServerTime } from './server-clock.js';

/** A request that failed: its path and the response. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
    /** Stable code of what went wrong; undefined where the answer has none. */
    readonly code?: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/**
 * Asks for what stands at a path of a service, as its OpenAPI document has it. @param parameters names in the path, and filters.
 * @returns what the document says, not looked at: readers make whole values of it.
 * @throws {ApiError} with the status, the message and the code of the response.
 */
export async function read<Path extends PathOf<'get'>>(
  path: Path,
  parameters: Parameters<Path, 'get'>,
  signal?: AbortSignal,
): Promise<Sent<AnswerOf<Path>>> {
  const address = addressOf(path, parameters);
  const headers = { accept: 'application/json', ...backgroundHeader() };
  return answered(address, await fetch(address, { headers, signal: signal ?? null }));
}

/**
 * Orders something, with the CSRF token of whoever is signed in. @param body undefined: the order has none.
 * @returns the answer, not looked at. @throws {ApiError} with the status, the message and the code of the response.
 */
export async function order<How extends Exclude<Method, 'get'>, Path extends PathOf<How>>(
  how: How,
  path: Path,
  parameters: Parameters<Path, How>,
  body: BodyOf<Path, How>,
  signal?: AbortSignal,
): Promise<Sent<AnswerOf<Path, How>>> {
  const address = addressOf<Path, How>(path, parameters);
  const csrf = csrfToken();
  const headers = {
    accept: 'application/json',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(csrf === undefined ? {} : { 'x-csrf-token': csrf }),
  };
  const text = body === undefined ? null : JSON.stringify(body);
  return answered(address, await fetch(address, { method: how.toUpperCase(), headers, body: text, signal: signal ?? null }));
}

async function answered(address: string, response: Response): Promise<Sent<never>> {
  learnServerTime(response.headers.get('date'));
  if (response.status === 401) void recheck(); // the session has ended: the page asks to sign in again
  if (response.status === 204) return sent(undefined);
  if (response.ok) return sent(await response.json());
  const { message, error } = readRecord<{ readonly message: string; readonly error: string }>(
    sent(await response.json().catch(() => undefined)),
  );
  const text = readText(message) ?? `The console asked for ${address} and was answered ${response.status}.`;
  throw new ApiError(text, response.status, readText(error) ?? undefined);
}

/** The message of an error in one line, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
