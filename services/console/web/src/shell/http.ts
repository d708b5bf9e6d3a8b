import { backgroundHeader } from '../identity/activity.js';
import { csrfToken, recheck } from '../identity/session.js';
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
 * Requests JSON from recon through the console and returns it unchecked; recon/read.ts validates it.
 * @throws {ApiError} with the status and the message of the response.
 */
export function getJson(path: string, signal?: AbortSignal): Promise<unknown> {
  return getOwnJson(`/api${path}`, signal);
}

/** The same of the console itself. */
export async function getOwnJson(path: string, signal?: AbortSignal): Promise<unknown> {
  const response = await fetch(path, { headers: { accept: 'application/json', ...backgroundHeader() }, signal: signal ?? null });
  return answered(path, response);
}

/**
 * Orders something through the console, with the CSRF token of whoever is signed in. @returns the answer, unchecked.
 * @throws {ApiError} with the status, the message and the code of the response.
 */
export async function postJson(path: string, body: object, signal?: AbortSignal): Promise<unknown> {
  const csrf = csrfToken();
  const headers = {
    accept: 'application/json',
    'content-type': 'application/json',
    ...(csrf === undefined ? {} : { 'x-csrf-token': csrf }),
  };
  return answered(path, await fetch(`/api${path}`, { method: 'POST', headers, body: JSON.stringify(body), signal: signal ?? null }));
}

async function answered(path: string, response: Response): Promise<unknown> {
  learnServerTime(response.headers.get('date'));
  if (response.status === 401) void recheck(); // the session has ended: the page asks to sign in again
  if (response.ok) return response.json();
  const body: unknown = await response.json().catch(() => undefined);
  const text = (name: string): string | undefined => {
    const value = typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>)[name] : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  throw new ApiError(
    text('message') ?? `The console asked for ${path} and was answered ${response.status}.`,
    response.status,
    text('error'),
  );
}

/** The message of an error in one line, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
