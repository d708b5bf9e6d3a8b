import { backgroundHeader } from '../identity/activity.js';
import { recheck } from '../identity/session.js';

/** A request that failed: its path and the response. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/**
 * Requests JSON from recon through the console and returns it unchecked; recon/read.ts validates it.
 * @throws {ApiError} with the status and the message of the response.
 */
export async function getJson(path: string, signal?: AbortSignal): Promise<unknown> {
  const response = await fetch(`/api${path}`, { headers: { accept: 'application/json', ...backgroundHeader() }, signal: signal ?? null });
  if (response.status === 401) void recheck(); // the session has ended: the page asks to sign in again
  if (!response.ok) {
    const body: unknown = await response.json().catch(() => undefined);
    const message =
      typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string' ? body.message : undefined;
    throw new ApiError(message ?? `The console asked for ${path} and was answered ${response.status}.`, response.status);
  }
  return response.json();
}

/** The message of an error in one line, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
