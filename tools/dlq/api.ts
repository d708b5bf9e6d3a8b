/** Shapes of recon's HTTP API (services/recon/README.md). */
export type {
  AmountView as Amount,
  CauseView as Cause,
  CheckedEditView as CheckedEdit,
  Difference,
  DryRunView as DryRun,
  LetterDetail as DeadLetterDetail,
  LetterView as DeadLetter,
  OrderView as Order,
} from '@tributary/contracts';

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
export type Ask = <T>(method: 'GET' | 'POST', path: string, body?: unknown) => Promise<T>;

/** @throws {ApiError} from every call that is not answered with success. */
export function apiAt(url: string): Ask {
  return async <T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> => {
    let response: Response;
    try {
      response = await fetch(`${url}${path}`, {
        method,
        signal: AbortSignal.timeout(answerWithinMs),
        ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
    } catch (error) {
      const cause = (error as { cause?: { code?: string } }).cause?.code ?? (error as Error).name;
      throw new ApiError('unreachable', `${url} does not answer (${cause}). Is recon running? Another address: --url`);
    }
    const text = await response.text();
    const answer = parsed(text) as { error?: string; message?: string } | undefined;
    if (!response.ok || answer === undefined)
      throw new ApiError(answer?.error ?? `http-${response.status}`, answer?.message ?? `${method} ${path}: HTTP ${response.status}`);
    return answer as T;
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
