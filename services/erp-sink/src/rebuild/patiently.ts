import { setTimeout as sleep } from 'node:timers/promises';
import { dispositionOf } from '@tributary/domain';

/** Waits between attempts, ms. After the last one the error is thrown. */
const silentDelaysMs = [1_000, 2_000, 5_000, 10_000, 30_000, 30_000, 30_000];

/** Retries while the target does not answer. @throws the last error of the call. */
export async function patiently<T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      const delayMs = silentDelaysMs[attempt];
      if (dispositionOf(error) !== 'pause' || delayMs === undefined || signal.aborted) throw error;
      await pause(delayMs, signal);
    }
  }
}

/** Waits; returns early when the run is stopped, which the next step notices. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, { signal }).catch(() => undefined);
}
