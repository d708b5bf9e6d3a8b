import type { PostingOutcome } from './posting-outcome.js';

/** How a connector reads its own errors. */
export interface ErrorReading {
  /** What a failed call means for its document. Throws on what is an error of our own code. */
  outcomeOf(error: unknown): PostingOutcome;
  /** The error to throw for a look-up that got no usable answer. */
  lookupErrorOf(error: unknown): unknown;
}

/** Runs the calls of a connector with one time limit for each, and turns failures into what the port promises. */
export class LimitedCalls {
  /** @param longestCallMs limit of one call of the connector, which may make several HTTP calls. */
  constructor(
    private readonly longestCallMs: number,
    private readonly reading: ErrorReading,
  ) {}

  /** Calls that may store: how they failed is an outcome. */
  async write(signal: AbortSignal, work: (limit: AbortSignal) => Promise<PostingOutcome>): Promise<PostingOutcome> {
    try {
      return await work(this.limited(signal));
    } catch (error) {
      return this.reading.outcomeOf(error);
    }
  }

  /** Calls that store nothing: without an answer they throw ErpSilentError or ErpUnauthorisedError. */
  async lookUp<T>(signal: AbortSignal, work: (limit: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await work(this.limited(signal));
    } catch (error) {
      throw this.reading.lookupErrorOf(error);
    }
  }

  private limited(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, AbortSignal.timeout(this.longestCallMs)]);
  }
}
