/** One request over HTTP and what came back. Headers are left out: they carry the credentials. */
export interface HttpExchange {
  readonly method: string;
  readonly url: string;
  /** Body of the request; undefined: it had none, or none that is text. */
  readonly request: string | undefined;
  /** Undefined: no answer came. */
  readonly status: number | undefined;
  /** Body of the answer; undefined: no whole one came. */
  readonly answer: string | undefined;
  /** Why no whole answer came. */
  readonly problem: string | undefined;
  readonly startedAt: Date;
  readonly ms: number;
}

/**
 * Called for every request. The function that it returns is called once its answer was read, or none came; undefined: nobody wants to know
 * of this request.
 */
export type ExchangeObserver = () => ((exchange: HttpExchange) => void) | undefined;
