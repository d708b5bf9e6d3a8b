import { found } from './installation-finding.js';
import type { InstallationFinding } from './installation-finding.js';

/** The clock that all others are compared with, and how much it matters. */
export interface ClockHere {
  /** Ms since 1970. */
  readonly now: () => number;
  /** For how long a signature of Stripe is good, ms. */
  readonly toleranceMs: number;
}

/** A Date header has whole seconds, and the answer was on its way. */
export const clockWithinMs = 5_000;
const defaultToleranceS = 300;

/** The clock of this process, and the tolerance of ingest where the variables name it (STRIPE_SIGNATURE_TOLERANCE_S). */
export function clockHere(env: Readonly<Record<string, string | undefined>>, now: ClockHere['now'] = Date.now): ClockHere {
  const given = Number(env.STRIPE_SIGNATURE_TOLERANCE_S);
  return { now, toleranceMs: (given > 0 ? given : defaultToleranceS) * 1_000 };
}

/**
 * What there is to say of a clock that differs from the one here: that it does, and where it differs by more than half of the tolerance, that deliveries are at risk.
 * @param offMs its time less ours, ms; undefined where it told none.
 */
export function clockFindings(
  about: string,
  offMs: number | undefined,
  { toleranceMs }: Pick<ClockHere, 'toleranceMs'>,
  code: 'clock.off' | 'service.clock-off' = 'clock.off',
): InstallationFinding[] {
  if (offMs === undefined || Math.abs(offMs) <= clockWithinMs) return [];
  const differs = `Its clock differs from the one here by ${Math.round(offMs / 1_000)} s`;
  const halfMs = toleranceMs / 2;
  return [
    found(code, about, `${differs}.`),
    ...(Math.abs(offMs) <= halfMs
      ? []
      : [
          found(
            'clock.beyond-tolerance',
            about,
            `${differs}; a signature is good for ${toleranceMs / 1_000} s, and half of that is ${halfMs / 1_000} s.`,
          ),
        ]),
  ];
}

/** A clock by the Date header of an answer, less the one here, ms. */
export function clockOff(date: string | null, { now }: Pick<ClockHere, 'now'>): number | undefined {
  const told = Date.parse(date ?? '');
  return Number.isNaN(told) ? undefined : told - now();
}

/** A `fetch` that looks at the clock of who answers. */
export function notingClock(
  send: typeof fetch,
  here: Pick<ClockHere, 'now'>,
): { readonly send: typeof fetch; readonly offMs: () => number | undefined } {
  let off: number | undefined;
  return {
    send: (async (...call: Parameters<typeof fetch>) => {
      const answer = await send(...call);
      off = clockOff(answer.headers.get('date'), here) ?? off;
      return answer;
    }) as typeof fetch,
    offMs: () => off,
  };
}
