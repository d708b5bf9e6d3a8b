import type { EventTotals as Counts } from '@tributary/contracts';
import { askService } from './http-probe.js';

export type { Counts };

/** Counts of recon; undefined when it does not answer. */
export async function askCounts(ports: Readonly<Record<string, number>>): Promise<Counts | undefined> {
  const answer = await askService<Counts>(`http://127.0.0.1:${ports.recon}/counts`);
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
  const answer = await askService<{ written?: Readonly<Record<string, Written>> }>(`http://127.0.0.1:${ports.recon}/overview`);
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
