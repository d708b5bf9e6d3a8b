/** Time as messaging code sees it, so that tests and the simulator can bring their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * Runs something later.
   * @param ms milliseconds.
   * @returns a function that cancels it.
   */
  after(ms: number, run: () => void): () => void;
}

/** Node fires timers with a longer delay immediately (docs/reference/kafkajs.md, section 4). */
const longestTimerMs = 2_147_483_647;

/** The machine's clock. A delay beyond Node's longest timer ends early: callers check `now` and wait again. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, Math.min(ms, longestTimerMs));
    return () => clearTimeout(timer);
  },
};
