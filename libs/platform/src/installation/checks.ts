import { setTimeout as delay } from 'node:timers/promises';
import type { InstallationFinding } from './installation-finding.js';

/** One check of an installation. */
export interface Check {
  /** As progress and findings name it. */
  readonly name: string;
  /** Longest time that it may take, ms; what hangs then is left alone. */
  readonly withinMs: number;
  /** What it is called when that time is over. */
  silent(): InstallationFinding;
  work(): Promise<readonly InstallationFinding[]>;
  /** What an error means. */
  failed(error: unknown): InstallationFinding;
}

/**
 * Makes all checks side by side, none of them longer than it may take. Never throws.
 * @param onEnd told how many have ended, and how long the last one took.
 * @returns the findings in the order of the checks.
 */
export async function runChecks(checks: readonly Check[], onEnd: (text: string) => void = () => undefined): Promise<InstallationFinding[]> {
  let ended = 0;
  const results = await Promise.all(
    checks.map(async (check) => {
      const startedAt = performance.now();
      const findings = await runCheck(check);
      ended += 1;
      onEnd(`${ended} of ${checks.length} checks: ${check.name} took ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
      return findings;
    }),
  );
  return results.flat();
}

async function runCheck({ withinMs, silent, work, failed }: Check): Promise<readonly InstallationFinding[]> {
  const over = new AbortController();
  const limit = delay(withinMs, undefined, { signal: over.signal }).then(() => [silent()]);
  limit.catch(() => undefined);
  try {
    return await Promise.race([work(), limit]);
  } catch (error) {
    return [failed(error)];
  } finally {
    over.abort();
  }
}
