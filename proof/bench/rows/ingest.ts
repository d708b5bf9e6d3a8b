import { freePorts } from '@tributary/local-stack';
import { chargeBody, load, secret } from '../load.js';
import type { LoadReport } from '../http-load.js';
import { redpandaConnect, stripeSyncEngine } from '../peers.js';
import { median, ratios } from '../statistics.js';
import type { Goal, Measure, Row, RowOptions } from '../result.js';
import { endpoint, ingest, wholeStack } from '../services.js';
import type { Subject } from '../subject.js';

interface Contender {
  readonly subject: Subject;
  readonly port: number;
  readonly path: string;
}

interface Round extends LoadReport {
  readonly cpuMsPerEvent: number;
  readonly rssMiB: number;
}

const connections = 64;

/** Verified webhook -> durable -> 200, one after the other on the same broker, alternating. */
export const ingestRow: Row = {
  name: 'ingest',
  says: `verified webhook -> acks=all -> 200, ${connections} connections`,
  async run({ quick, say }: RowOptions) {
    const stack = await wholeStack();
    const notes: string[] = [];
    const contenders: Contender[] = [];
    try {
      await stack.createTopics(['raw'], 6);
      const [rpcPort, syncPort] = (await freePorts(2)) as [number, number];
      const ours = await ingest(stack);
      await ours.start();
      contenders.push({ subject: ours, port: ours.port, path: `/webhooks/stripe/${endpoint}` });
      const peers: [number, () => Subject][] = [
        [rpcPort, () => redpandaConnect(rpcPort, stack.brokers[0] as string, 'raw', say)],
        [syncPort, () => stripeSyncEngine(syncPort, stack.databaseUrl, say)],
      ];
      for (const [port, make] of peers) {
        try {
          const subject = make();
          await subject.start();
          contenders.push({ subject, port, path: '/webhooks/stripe' });
        } catch (error) {
          notes.push(`Not measured: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
      const rounds = new Map<string, Round[]>();
      for (let round = 0; round < (quick ? 1 : 5); round += 1) {
        for (const { subject, port, path } of contenders) {
          const before = subject.usage();
          const order = {
            port,
            path,
            secret,
            body: chargeBody(),
            connections,
            warmupMs: quick ? 500 : 1_000,
            durationMs: quick ? 2_000 : 5_000,
          };
          const report = await load(order);
          const after = subject.usage();
          // The warm-up's share of the time is in the CPU figure and not in the count; taken out in proportion.
          const share = order.durationMs / (order.durationMs + order.warmupMs);
          const cpuMsPerEvent = ((after.cpuS - before.cpuS) * 1_000 * share) / report.requests;
          rounds.set(subject.name, [...(rounds.get(subject.name) ?? []), { ...report, cpuMsPerEvent, rssMiB: after.rssMiB }]);
          say(
            `round ${round + 1}: ${subject.name} ${Math.round(report.perSecond)}/s, p99 ${report.p99Ms.toFixed(1)} ms, ${report.refused} refused`,
          );
        }
      }
      return { measures: measuresOf(rounds), goals: goalsOf(rounds), notes: [...notes, ...refusals(rounds)] };
    } finally {
      await Promise.all(contenders.map(({ subject }) => subject.stop()));
      await stack.stop();
    }
  },
};

function measuresOf(rounds: ReadonlyMap<string, readonly Round[]>): Measure[] {
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
function isRefusing(rounds: ReadonlyMap<string, readonly Round[]>, subject: string): boolean {
  return (rounds.get(subject) ?? []).some(({ refused }) => refused > 0);
}

function refusals(rounds: ReadonlyMap<string, readonly Round[]>): string[] {
  return [...rounds.keys()]
    .filter((subject) => isRefusing(rounds, subject))
    .map((subject) => `Not compared: ${subject} did not answer 200 to every request, so its figures are of refusing and not of the work.`);
}

function goalsOf(rounds: ReadonlyMap<string, readonly Round[]>): Goal[] {
  const of = (name: string, pick: (round: Round) => number): number[] => (rounds.get(name) ?? []).map(pick);
  const compared = (
    what: string,
    peer: string,
    pick: (round: Round) => number,
    goal: string,
    reached: (ratio: number) => boolean,
  ): Goal[] => {
    const samples = ratios(of('ingest', pick), of(peer, pick));
    return rounds.has(peer) && !isRefusing(rounds, peer) ? [{ what, goal, samples, reached: reached(median(samples)) }] : [];
  };
  const rate = ({ perSecond }: Round): number => perSecond;
  return [
    ...compared('requests/s over Redpanda Connect', 'redpanda-connect', rate, 'at least 1.2', (ratio) => ratio >= 1.2),
    ...compared(
      'p99 over Redpanda Connect',
      'redpanda-connect',
      ({ p99Ms }) => p99Ms,
      'at most 1',
      (ratio) => ratio <= 1,
    ),
    ...compared('requests/s over stripe-sync-engine', 'stripe-sync-engine', rate, 'at least 5', (ratio) => ratio >= 5),
  ];
}

/** Acknowledged at a steady rate: what a merchant's day looks like at its busiest. */
export const steadyRow: Row = {
  name: 'ingest-steady',
  says: '300 events/s for 60 s, acknowledged',
  async run({ quick, say }: RowOptions) {
    const stack = await wholeStack();
    const ours = await ingest(stack);
    try {
      await ours.start();
      const reports: LoadReport[] = [];
      for (let round = 0; round < (quick ? 1 : 3); round += 1) {
        const report = await load({
          port: ours.port,
          path: `/webhooks/stripe/${endpoint}`,
          secret,
          body: chargeBody(),
          connections: 16,
          rate: 300,
          warmupMs: 3_000,
          durationMs: quick ? 5_000 : 60_000,
        });
        reports.push(report);
        say(`round ${round + 1}: p99 ${report.p99Ms.toFixed(1)} ms, p99.9 ${report.p999Ms.toFixed(1)} ms, ${report.refused} refused`);
      }
      const p99 = reports.map(({ p99Ms }) => p99Ms);
      const p999 = reports.map(({ p999Ms }) => p999Ms);
      return {
        measures: [
          { what: 'p50', subject: 'ingest', unit: 'ms', samples: reports.map(({ p50Ms }) => p50Ms) },
          { what: 'p99', subject: 'ingest', unit: 'ms', samples: p99 },
          { what: 'p99.9', subject: 'ingest', unit: 'ms', samples: p999 },
          { what: 'memory at the end', subject: 'ingest', unit: 'MiB', samples: [ours.usage().rssMiB] },
        ],
        goals: [
          { what: 'p99, ms', goal: 'at most 15', samples: p99, reached: median(p99) <= 15 },
          { what: 'p99.9, ms', goal: 'at most 40', samples: p999, reached: median(p999) <= 40 },
        ],
        notes: ['Latency counts from when the request was due, so a stall of the subject or of the generator shows.'],
      };
    } finally {
      await ours.stop();
      await stack.stop();
    }
  },
};
