/** The `error` of an answer; a declined card adds the charge, the decline code and the intent. */
export interface ProblemBody {
  readonly type: string;
  readonly code?: string;
  readonly message: string;
  readonly param?: string;
  readonly [field: string]: unknown;
}

/** An error answer of the API. Source: docs/reference/stripe.md, section 6, and the bodies in proof/fixtures/stripe/errors. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly error: ProblemBody,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(error.message);
    this.name = 'ApiProblem';
  }

  /** The body as it is sent: a code comes with the page that explains it. */
  get body(): { readonly error: ProblemBody } {
    const { code } = this.error;
    return {
      error:
        code === undefined ? this.error : { doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`, ...this.error },
    };
  }
}
