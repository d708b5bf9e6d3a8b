/** An order that cannot be carried out as it was asked for. The API answers with its status, code and message. */
export class OrderRefusedError extends Error {
  constructor(
    readonly status: 400 | 403 | 404 | 409 | 413 | 503,
    /** Stable and dotted, like the codes of the pipeline. */
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'OrderRefusedError';
  }
}
