import type { EventTotals as Counts } from '@tributary/contracts';
import { askJson } from './http-probe.js';

export type { Counts };

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

/** Counts of recon; undefined when it does not answer. */
export async function askCounts(ports: Readonly<Record<string, number>>): Promise<Counts | undefined> {
  const answer = await askJson<Counts>(`http://127.0.0.1:${ports.recon}/counts`);
  if (!answer) return undefined;
  const { accepted, inFlight, posted, ignored, held, deadLettered } = answer;
  return { accepted, inFlight, posted, ignored, held, deadLettered };
}

/** What was written into one target: documents in an ERP, or updates of metadata in Stripe. */
export interface Written {
  readonly documents: number;
  readonly metadata: number;
}

/** Per target; undefined when recon does not answer, or is older than GET /overview. */
export async function askWritten(ports: Readonly<Record<string, number>>): Promise<Readonly<Record<string, Written>> | undefined> {
  const answer = await askJson<{ written?: Readonly<Record<string, Written>> }>(`http://127.0.0.1:${ports.recon}/overview`);
  return answer?.written;
}

/** Every figure with its unit: events that Stripe delivered, and what was written where. One line. */
export function countsLine(counts: Counts, written?: Readonly<Record<string, Written>>): string {
  const { accepted, posted, ignored, held, deadLettered, inFlight } = counts;
  const events = `Events: ${accepted} accepted = ${posted} posted + ${ignored} ignored + ${held} held + ${deadLettered} dead-lettered + ${inFlight} in flight.`;
  const targets = Object.entries(written ?? {}).flatMap(([target, { documents, metadata }]) => [
    ...(documents > 0 ? [`${counted(documents, 'document')} in ${target}`] : []),
    ...(metadata > 0 ? [`${counted(metadata, 'metadata update')} in ${target}`] : []),
  ]);
  return targets.length === 0 ? events : `${events} Written: ${targets.join(', ')}.`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
