/** recon's HTTP API, as far as this command uses it (services/recon/README.md). */
export interface Amount {
  readonly currency: string;
  readonly text: string;
}

export interface Cause {
  readonly cause: string;
  readonly group: string;
  readonly held: boolean;
  readonly count: number;
  readonly ordered: number;
  readonly parkedBehind: number;
  readonly moneyAtRisk: readonly Amount[];
  readonly oldestAt: string;
  readonly example: string | null;
}

export interface Letter {
  readonly id: string;
  readonly state: string;
  readonly result: string | null;
  readonly cause: string;
  readonly text: string | null;
  readonly held: boolean;
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly sequence: string;
  readonly eventType: string | null;
  readonly messageId: string;
  readonly eventId: string;
  readonly attempts: number | null;
  readonly firstFailureAt: string | null;
  readonly deadAt: string;
  readonly money: Amount | null;
  readonly parkedBehind: number;
}

export interface LetterDetail extends Letter {
  readonly traceId: string | null;
  readonly schema: { readonly id: number; readonly name: string } | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: unknown;
  readonly problem: string | null;
  readonly audit: readonly { at: string; order: string; done: string; by: string; reason: string }[];
}

export interface Difference {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

export type CheckedEdit =
  | { readonly ok: true; readonly differences: readonly Difference[] }
  | { readonly ok: false; readonly problems: readonly { path: string; expected: string; found: string }[] };

export interface DryRun {
  readonly facts: readonly string[] | null;
  readonly mappingVersion: string | null;
  readonly ignoredReason: string | null;
  readonly problem: { code: string; text: string } | null;
  readonly postings: readonly {
    postingKey: string;
    protocol: string;
    open: readonly string[];
    problem: { code: string; text: string } | null;
    calls: readonly { method: string; path: string; body: string; text: string }[];
  }[];
}

export interface Order {
  readonly id: string;
  readonly action: string;
  readonly state: string;
  readonly total: number;
  readonly pending: number;
  readonly given: number;
  readonly done: number;
  readonly failed: number;
  readonly stopped: number;
  readonly results: Readonly<Record<string, number>>;
  readonly reason: string;
  readonly by: string;
  readonly orderedAt: string;
  readonly endedAt: string | null;
}

const answerWithinMs = 20_000;

/** recon said no, or said nothing. */
export class ApiError extends Error {
  /** @param code recon's own code; `unreachable` when there was no answer. */
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

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
