import { freePorts } from '@tributary/local-stack';
import { compared, connections, contest, measuresOf, medianAtMost, refusals } from '../contest.js';
import type { Contender, Rounds } from '../contest.js';
import { redpandaConnect, stripeSyncEngine } from '../peers.js';
import type { Goal, Row, RowOptions } from '../result.js';
import { endpoint, ingest, wholeStack } from '../services.js';
import type { Subject } from '../subject.js';

/** Verified webhook -> durable -> 200, one after the other on the same broker, alternating. */
export const ingestRow: Row = {
  name: 'ingest',
  says: `verified webhook -> acks=all -> 200, ${connections} connections`,
  async run(options: RowOptions) {
    const stack = await wholeStack();
    const notes: string[] = [];
    const contenders: Contender[] = [];
    try {
      await stack.createTopics(['raw'], 6);
      const [rpcPort, syncPort] = (await freePorts(2)) as [number, number];
      for (const workers of [1, 2]) {
        const ours = await ingest(stack, workers);
        contenders.push({ subject: ours, port: ours.port, path: `/webhooks/stripe/${endpoint}` });
        await ours.start();
      }
      const peers: [number, () => Subject][] = [
        [rpcPort, () => redpandaConnect(rpcPort, stack.brokers[0] as string, 'raw', options.say)],
        [syncPort, () => stripeSyncEngine(syncPort, stack.databaseUrl, options.say)],
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
      const rounds = await contest(contenders, options);
      return { measures: measuresOf(rounds), goals: goalsOf(rounds), notes: [...notes, ...refusals(rounds)] };
    } finally {
      await Promise.all(contenders.map(({ subject }) => subject.stop()));
      await stack.stop();
    }
  },
};

function goalsOf(rounds: Rounds): Goal[] {
  return [
    ...compared(rounds, {
      what: 'requests/s over Redpanda Connect',
      peer: 'redpanda-connect',
      pick: ({ perSecond }) => perSecond,
      goal: 'at least 1.2',
      reached: (ratio) => ratio >= 1.2,
    }),
    ...compared(rounds, {
      what: 'p99 over Redpanda Connect',
      peer: 'redpanda-connect',
      pick: ({ p99Ms }) => p99Ms,
      goal: 'at most 1',
      reached: (ratio) => ratio <= 1,
    }),
    ...compared(rounds, {
      what: 'requests/s over stripe-sync-engine',
      peer: 'stripe-sync-engine',
      pick: ({ perSecond }) => perSecond,
      goal: 'at least 3',
      reached: (ratio) => ratio >= 3,
    }),
    medianAtMost(rounds, 'CPU per event, ms', ({ cpuMsPerEvent }) => cpuMsPerEvent, 0.07),
    medianAtMost(rounds, 'memory at the end, MiB', ({ rssMiB }) => rssMiB, 200),
  ];
}
