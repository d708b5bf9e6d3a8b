import { callApi, CertificateError } from '@tributary/local-stack';
import type { TokenVariables } from '@tributary/local-stack';
import { jsonRequest, parsedJson } from '../json-request.js';

/** Shapes of recon's HTTP API (services/recon/README.md). */
export type {
  AmountView as Amount,
  CauseView as Cause,
  CheckedEditView as CheckedEdit,
  Difference,
  DryRunView as DryRun,
  LetterDetail as DeadLetterDetail,
  LetterView as DeadLetter,
  OrderPreview,
  OrderView as Order,
} from '@tributary/contracts';

/** What to do when a service wants to know who asks. */
const howToSignIn =
  'Give a token of yours: TRIBUTARY_TOKEN_FILE=<file> or TRIBUTARY_TOKEN. On the stack of `npm start` it is found by itself.';
const answerWithinMs = 20_000;
/** Longest time that a whole list may take to arrive, ms. */
const fileWithinMs = 600_000;

/** recon refused the request, or did not answer. */
export class ApiError extends Error {
  /** @param code recon's own code; `unreachable` when there was no answer; `certificate.*` where certificates are the reason. */
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** One call of recon's API. @throws {ApiError} */
export type Ask = <T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) => Promise<T>;

/**
 * recon, or another service, at an address, called with the token of this person (docs/how-to/sign-in.md).
 * @throws {ApiError} from every call that is not answered with success.
 */
export function apiAt(url: string, env: TokenVariables, service = 'recon'): Ask {
  return async <T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<T> => {
    const init = jsonRequest(method, body, answerWithinMs);
    const { response, text } = await called(`${url}${path}`, init, env, service);
    const answer = parsedJson(text) as T | undefined;
    if (!response.ok || answer === undefined) throw refusal(`${method} ${path}`, response, text);
    return answer;
  };
}

/** A list of recon as the text of its file. @throws {ApiError} when there is none, or when it broke off before its end. */
export async function textAt(address: string, env: TokenVariables): Promise<string> {
  const { response, text } = await called(address, { signal: AbortSignal.timeout(fileWithinMs) }, env, 'recon');
  if (!response.ok) throw refusal(`GET ${new URL(address).pathname}`, response, text);
  if (!/"?(end of the list|not the whole list)"?,[^\n]*\r?\n$/.test(text))
    throw new ApiError('file.broken-off', 'The list broke off before its end. Nothing was printed: try again.');
  return text;
}

async function called(
  address: string,
  init: RequestInit,
  env: TokenVariables,
  service: string,
): Promise<{ readonly response: Response; readonly text: string }> {
  try {
    const response = await callApi(address, init, env);
    return { response, text: await response.text() };
  } catch (error) {
    if (error instanceof CertificateError) throw new ApiError(error.code, error.message);
    const cause = (error as { cause?: { code?: string } }).cause?.code ?? (error as Error).name;
    throw new ApiError(
      'unreachable',
      `${new URL(address).origin} does not answer (${cause}). Is ${service} running? Another address: --url`,
    );
  }
}

function refusal(what: string, { status }: Response, text: string): ApiError {
  const answer = parsedJson(text) as { error?: string; message?: string } | undefined;
  const message = answer?.message ?? `${what}: HTTP ${status}`;
  return new ApiError(answer?.error ?? `http-${status}`, status === 401 ? `${message} ${howToSignIn}` : message);
}
