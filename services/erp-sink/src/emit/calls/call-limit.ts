/** A signal that ends a call. */
export interface CallLimit {
  readonly signal: AbortSignal;
  /** Frees the timer, and leaves the signal of the process. After the call, so that nothing of it is kept for the rest of its time. */
  end(): void;
}

/**
 * Ends a call when the process stops or after some time. `AbortSignal.any` with `AbortSignal.timeout` does the same, but their timer, weak
 * references and finalizers outlive a call by its whole limit: thousands of them under load, each of which then fires.
 * @param ms from now.
 */
export function limitCall(stopped: AbortSignal, ms: number): CallLimit {
  const controller = new AbortController();
  const stop = (): void => controller.abort(stopped.reason);
  const late = (): void => controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
  const timer = setTimeout(late, ms);
  if (stopped.aborted) stop();
  else stopped.addEventListener('abort', stop, { once: true });
  return {
    signal: controller.signal,
    end: () => {
      clearTimeout(timer);
      stopped.removeEventListener('abort', stop);
    },
  };
}
