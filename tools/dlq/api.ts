import { callApi } from '@tributary/local-stack';
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

/** recon refused the request, or did not answer. */
export class ApiError extends Error {
  /** @param code recon's own code; `unreachable` when there was no answer. */
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
    let response: Response;
    try {
      response = await callApi(`${url}${path}`, init, env);
    } catch (error) {
      const cause = (error as { cause?: { code?: string } }).cause?.code ?? (error as Error).name;
      throw new ApiError('unreachable', `${url} does not answer (${cause}). Is ${service} running? Another address: --url`);
    }
    const answer = parsedJson(await response.text()) as { error?: string; message?: string } | undefined;
    if (!response.ok || answer === undefined) {
      const message = answer?.message ?? `${method} ${path}: HTTP ${response.status}`;
      throw new ApiError(answer?.error ?? `http-${response.status}`, response.status === 401 ? `${message} ${howToSignIn}` : message);
    }
    return answer as T;
  };
}
