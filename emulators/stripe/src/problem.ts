/** An error answer of the API. Source: docs/reference/stripe.md, section 6, and the bodies in proof/fixtures/stripe/errors. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly error: { readonly type: string; readonly code?: string; readonly message: string; readonly param?: string },
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(error.message);
    this.name = 'ApiProblem';
  }
}
