import { askJson } from './http-probe.js';

/** The scripted merchant day and the scenarios after it, as the Stripe emulator reports them. */
export interface Day {
  readonly state: 'idle' | 'running' | 'done' | 'failed';
  readonly payments?: number;
  readonly delivered?: number;
  /** What is being played now; null at rest. */
  readonly playing?: Playing | null;
  readonly problem?: string;
}

/** A script that is being played. */
export interface Playing {
  readonly script: string;
  readonly step: number;
  readonly steps: number;
  /** What happened last. */
  readonly text: string | null;
}

/** Played after the day by `npm start`; about ten seconds together. */
const scenarios = ['payout-week', 'dispute-season', 'refund-storm'];

const dayUrl = (ports: Readonly<Record<string, number>>): string => `http://127.0.0.1:${ports['emulator-stripe']}/_control/day`;

/** Progress of the day; undefined when the emulator does not answer. */
export function askDay(ports: Readonly<Record<string, number>>): Promise<Day | undefined> {
  return askJson<Day>(dayUrl(ports));
}

/** Progress in a few words: `running, payout-week 12 of 44`. */
export function dayText(day: Day | undefined): string {
  if (!day) return 'unknown';
  const { state, playing } = day;
  return state === 'running' && playing ? `${state}, ${playing.script} ${playing.step} of ${playing.steps}` : state;
}

/**
 * Lets the day begin, unless it is being played or was played: the emulator keeps its state, and a second day on the same data
 * would show nothing new. @throws Error when the emulator does not begin it.
 */
export async function beginDay(ports: Readonly<Record<string, number>>): Promise<void> {
  const day = await askDay(ports);
  if (day && day.state !== 'idle') return;
  if (!(await askJson(dayUrl(ports), 'POST', { scenarios })))
    throw new Error(`beginning the demo day: the Stripe emulator did not accept POST ${dayUrl(ports)}`);
}
