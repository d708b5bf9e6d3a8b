/** A part of the local stack could not be fetched, started or stopped. The message ends with what to do about it. */
export class StackError extends Error {
  constructor(
    /** Stable and dotted, e.g. `stack.not-ready`. */
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'StackError';
  }
}
