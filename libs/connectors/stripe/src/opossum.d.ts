/** The part of opossum 10 (which ships no types) that is used here. */
declare module 'opossum' {
  interface Options {
    /** false: the call has its own timeout. */
    readonly timeout?: number | false;
    readonly errorThresholdPercentage?: number;
    /** Calls in the window before the circuit may open. */
    readonly volumeThreshold?: number;
    /** How long an open circuit stays open before it tries again, ms. */
    readonly resetTimeout?: number;
    readonly rollingCountTimeout?: number;
  }

  export default class CircuitBreaker<Arguments extends readonly unknown[], Result> {
    constructor(action: (...args: Arguments) => Promise<Result>, options?: Options);
    /** Rejects with an error of code `EOPENBREAKER` without calling while the circuit is open. */
    fire(...args: Arguments): Promise<Result>;
    readonly opened: boolean;
    /** Clears timers. */
    shutdown(): void;
  }
}
