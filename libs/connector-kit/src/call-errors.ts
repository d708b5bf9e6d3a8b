/** What kind of call failed: only a `write` can have changed anything. A `lookup` asks for rows; a `read` for what a posting needs. */
export type CallKind = 'lookup' | 'read' | 'write';

/** No answer, or none that could be read. */
export class CallSilentError extends Error {
  /** @param sent false when the request surely never left. */
  constructor(
    readonly call: string,
    readonly kind: CallKind,
    readonly sent: boolean,
    why: string,
    options?: ErrorOptions,
  ) {
    super(`${call}: ${why}`, options);
    this.name = new.target.name;
  }
}

/** Surely not done, though no call was refused: an answer with status 200 says so, or the document was refused here before any call. */
export class CallNotDoneError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly field?: string,
  ) {
    super(message);
    this.name = new.target.name;
  }
}
