import { callApi, CertificateError } from '@tributary/local-stack';
import type { TokenVariables } from '@tributary/local-stack';
import { jsonRequest, parsedJson } from '../json-request.js';

const answerWithinMs = 10_000;

/** The console refused a request, or did not answer. */
export class ConsoleError extends Error {
  /** @param code the console's own; `unreachable` when there was no answer. @param status of the answer. */
  constructor(
    readonly code: string,
    message: string,
    readonly status?: number,
  ) {
    super(message);
    this.name = 'ConsoleError';
  }
}

/** A console, and the variables that say with which token it is asked. */
export interface ConsoleAddress {
  readonly url: string;
  readonly env: TokenVariables;
}

/**
 * One call of the console's API, with the token of whoever runs the command.
 * @returns the JSON of the answer; an empty object for one without a body.
 * @throws {ConsoleError}
 */
export async function askConsole<Answer>({ url, env }: ConsoleAddress, method: string, path: string, body?: unknown): Promise<Answer> {
  const init = jsonRequest(method, body, answerWithinMs);
  let response: Response;
  try {
    response = await callApi(`${url}${path}`, init, env);
  } catch (error) {
    if (error instanceof CertificateError) throw new ConsoleError(error.code, error.message);
    const cause = (error as { cause?: { code?: string } }).cause?.code;
    if (cause === undefined && (error as Error).name !== 'TimeoutError') throw error;
    throw new ConsoleError('unreachable', `${url} does not answer (${cause ?? 'time-out'}). Is the console running?`);
  }
  const text = await response.text();
  const answer = text === '' ? {} : parsedJson(text);
  if (response.ok && answer !== undefined) return answer as Answer;
  const { error, message } = (answer ?? {}) as { error?: string; message?: string };
  throw new ConsoleError(error ?? `http-${response.status}`, message ?? `${method} ${path}: HTTP ${response.status}`, response.status);
}
