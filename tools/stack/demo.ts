import { askJson } from './http-probe.js';

/** The scripted merchant day, as the Stripe emulator tells of it. */
export interface Day {
  readonly state: 'idle' | 'running' | 'done';
  readonly payments?: number;
  readonly delivered?: number;
}

/** Per delivered event, as recon counts them; `accepted` is the sum of the others (I2). */
export interface Counts {
  readonly accepted: number;
  readonly inFlight: number;
  readonly posted: number;
  readonly ignored: number;
  readonly held: number;
  readonly deadLettered: number;
}

const dayUrl = (ports: Readonly<Record<string, number>>): string => `http://127.0.0.1:${ports['emulator-stripe']}/_control/day`;

export function askDay(ports: Readonly<Record<string, number>>): Promise<Day | undefined> {
  return askJson<Day>(dayUrl(ports));
}

/**
 * Lets the day begin, unless it is being played or was played: the emulator keeps its state, and a second day on the same data
 * would show nothing new. @throws Error when the emulator does not begin it.
 */
export async function beginDay(ports: Readonly<Record<string, number>>): Promise<void> {
  const day = await askDay(ports);
  if (day && day.state !== 'idle') return;
  if (!(await askJson(dayUrl(ports), 'POST')))
    throw new Error(`beginning the demo day: the Stripe emulator did not accept POST ${dayUrl(ports)}`);
}

export async function askCounts(ports: Readonly<Record<string, number>>): Promise<Counts | undefined> {
  const answer = await askJson<Counts>(`http://127.0.0.1:${ports.recon}/counts`);
  if (!answer) return undefined;
  const { accepted, inFlight, posted, ignored, held, deadLettered } = answer;
  return { accepted, inFlight, posted, ignored, held, deadLettered };
}

/** One line for people. */
export function countsLine(counts: Counts): string {
  const { accepted, posted, ignored, held, deadLettered, inFlight } = counts;
  return `accepted ${accepted} = posted ${posted} + ignored ${ignored} + held ${held} + dead-lettered ${deadLettered} + in flight ${inFlight}`;
}
