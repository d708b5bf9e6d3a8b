import { found } from './finding.js';
import type { Finding } from './finding.js';
import { clockWithinMs } from './judge.js';

/** The clock here, ms since 1970. */
export type Clock = () => number;

/** A finding where a clock differs from the one here. @param offMs its time less ours, ms; undefined where it told none. */
export function clockFinding(about: 'registry' | 'postgresql' | 'Stripe', offMs: number | undefined): Finding[] {
  if (offMs === undefined || Math.abs(offMs) <= clockWithinMs) return [];
  return [found('clock.off', about, `Its clock differs from the one here by ${Math.round(offMs / 1_000)} s.`)];
}

/** A clock by the Date header of an answer, less the one here, ms. */
export function clockOff(date: string | null, now: Clock): number | undefined {
  const told = Date.parse(date ?? '');
  return Number.isNaN(told) ? undefined : told - now();
}

/** A `fetch` that looks at the clock of who answers. */
export function notingClock(send: typeof fetch, now: Clock): { readonly send: typeof fetch; readonly offMs: () => number | undefined } {
  let off: number | undefined;
  return {
    send: (async (...call: Parameters<typeof fetch>) => {
      const answer = await send(...call);
      off = clockOff(answer.headers.get('date'), now) ?? off;
      return answer;
    }) as typeof fetch,
    offMs: () => off,
  };
}
