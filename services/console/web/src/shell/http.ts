/** An answer that was none: what was asked for and what came back. */
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
 * Asks recon through the console and gives the JSON as it came; recon/read.ts makes shapes of it.
 * @throws {ApiError} with the status and the message of the answer.
 */
export async function getJson(path: string, signal?: AbortSignal): Promise<unknown> {
  const response = await fetch(`/api${path}`, { headers: { accept: 'application/json' }, signal: signal ?? null });
  if (!response.ok) {
    const body: unknown = await response.json().catch(() => undefined);
    const message =
      typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string' ? body.message : undefined;
    throw new ApiError(message ?? `The console asked for ${path} and was answered ${response.status}.`, response.status);
  }
  return response.json();
}

/** One line about an error, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
