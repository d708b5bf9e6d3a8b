/** One request over HTTP to a target, and its answer, without headers. Secrets and card numbers are masked in both. */
export interface ErpExchangeView {
  readonly method: string;
  /** Path with its query, without the host. */
  readonly path: string;
  /** Null: no body, or one that is no text. */
  readonly request: string | null;
  /** Null: no answer came. */
  readonly status: number | null;
  readonly answer: string | null;
  /** Why no whole answer came. */
  readonly problem: string | null;
  readonly ms: number;
  /** Whether a body was longer than what is kept. */
  readonly cut: boolean;
}

/** One call of a connector about a posting: sending it, looking for it, or deleting it. It may take several requests. */
export interface ErpCallView {
  readonly id: string;
  readonly postingKey: string;
  readonly call: 'post' | 'find' | 'discard';
  /** What it came to: `posted`, `rejected`, `unknown`, `found`, `absent`, `error`. */
  readonly result: string;
  readonly at: string;
  readonly ms: number;
  /** Whether texts in the bodies are masked: whoever asks may not read payloads of the target. */
  readonly masked: boolean;
  /** Why the bodies cannot be shown; null where they can. */
  readonly problem: string | null;
  readonly exchanges: readonly ErpExchangeView[];
}

/** Answer of `GET /calls` of erp-sink, newest first. */
export interface ErpCallsPage {
  readonly calls: readonly ErpCallView[];
}
