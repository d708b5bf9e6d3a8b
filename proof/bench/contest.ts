import { chargeBody, load, secret } from './load.js';
import type { LoadReport } from './http-load.js';
import { median, ratios } from './statistics.js';
import type { Goal, Measure, RowOptions } from './result.js';
import type { Subject } from './subject.js';

/** Something that takes signed webhooks. */
export interface Contender {
  readonly subject: Subject;
  readonly port: number;
  readonly path: string;
}

/** What one load on one contender told. */
export interface Round extends LoadReport {
  readonly cpuMsPerEvent: number;
  readonly rssMiB: number;
}

/** The rounds of each contender, by its name. */
export type Rounds = ReadonlyMap<string, readonly Round[]>;

/** Connections of the load, one request at a time on each. */
export const connections = 64;

/** Loads the contenders one right after the other, seven times, so that a change of the machine's speed hits all. */
export async function contest(contenders: readonly Contender[], { quick, say }: RowOptions): Promise<Rounds> {
  const rounds = new Map<string, Round[]>();
  for (let round = 0; round < (quick ? 1 : 7); round += 1)
    for (const contender of contenders) {
      const { name } = contender.subject;
      const result = await roundOf(contender, quick);
      rounds.set(name, [...(rounds.get(name) ?? []), result]);
      const { perSecond, p99Ms, cpuMsPerEvent, refused } = result;
      say(
        `round ${round + 1}: ${name} ${Math.round(perSecond)}/s, p99 ${p99Ms.toFixed(1)} ms, ${cpuMsPerEvent.toFixed(3)} ms of CPU each, ${refused} refused`,
      );
    }
  return rounds;
}

async function roundOf({ subject, port, path }: Contender, quick: boolean): Promise<Round> {
  const before = subject.usage();
  const warmupMs = quick ? 500 : 1_000;
  const durationMs = quick ? 2_000 : 5_000;
  const report = await load({ port, path, secret, body: chargeBody(), connections, warmupMs, durationMs });
  const after = subject.usage();
  // The warm-up's share of the time is in the CPU figure and not in the count; taken out in proportion.
  const share = durationMs / (durationMs + warmupMs);
  return { ...report, cpuMsPerEvent: ((after.cpuS - before.cpuS) * 1_000 * share) / report.requests, rssMiB: after.rssMiB };
}

/** Every figure of every contender. */
export function measuresOf(rounds: Rounds): Measure[] {
  const kinds: [string, string, (round: Round) => number][] = [
    ['answered', 'requests/s', ({ perSecond }) => perSecond],
    ['p50', 'ms', ({ p50Ms }) => p50Ms],
    ['p99', 'ms', ({ p99Ms }) => p99Ms],
    ['CPU per event', 'ms', ({ cpuMsPerEvent }) => cpuMsPerEvent],
    ['memory at the end', 'MiB', ({ rssMiB }) => rssMiB],
    ['not answered 200', 'requests', ({ refused }) => refused],
  ];
  return kinds.flatMap(([what, unit, of]) => [...rounds].map(([subject, list]) => ({ what, subject, unit, samples: list.map(of) })));
}

/** Refusing is faster, or slower, than doing the work: such a peer is not one to be compared with. */
function isRefusing(rounds: Rounds, subject: string): boolean {
  return (rounds.get(subject) ?? []).some(({ refused }) => refused > 0);
}

/** A note for each contender that did not do the work. */
export function refusals(rounds: Rounds): string[] {
  return [...rounds.keys()]
    .filter((subject) => isRefusing(rounds, subject))
    .map((subject) => `Not compared: ${subject} did not answer 200 to every request, so its figures are of refusing and not of the work.`);
}

/** What is compared, and with whom. */
interface Comparison {
  readonly what: string;
  readonly peer: string;
  readonly goal: string;
  pick(round: Round): number;
  reached(ratio: number): boolean;
}

/** A goal about ingest pair by pair with a peer; none where there is no such peer, or it refuses. */
export function compared(rounds: Rounds, { what, peer, pick, goal, reached }: Comparison): Goal[] {
  const of = (name: string): number[] => (rounds.get(name) ?? []).map(pick);
  const samples = ratios(of('ingest'), of(peer));
  return rounds.has(peer) && !isRefusing(rounds, peer) ? [{ what, goal, samples, reached: reached(median(samples)) }] : [];
}

/** A goal that the median of a figure of ingest does not exceed a limit. */
export function medianAtMost(rounds: Rounds, what: string, pick: (round: Round) => number, limit: number): Goal {
  const samples = (rounds.get('ingest') ?? []).map(pick);
  return { what, goal: `at most ${limit}`, samples, reached: median(samples) <= limit };
}
