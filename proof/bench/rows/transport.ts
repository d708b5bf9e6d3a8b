import { join } from 'node:path';
import { events } from '@tributary/contracts';
import { InMemorySchemaIds, KafkaPublisher, outgoing, WireCodec } from '@tributary/messaging';
import { freePorts, startStack, uniqueName, workspaceRoot } from '@tributary/local-stack';
import type { Stack } from '@tributary/local-stack';
import { ratios } from '../statistics.js';
import type { Row, RowOptions } from '../result.js';
import { answers, Subject } from '../subject.js';

const partitions = 6;
const keys = 300;
const kinds = ['ours', 'nest'] as const;
type Kind = (typeof kinds)[number];
const named: Readonly<Record<Kind, string>> = { ours: 'KafkaTransport', nest: "Nest's ServerKafka" };
const patienceMs = 600_000;

interface Run {
  readonly perSecond: number;
  readonly cpuMs: number;
}

/** What consuming costs: a handler that does nothing, and one that waits as for a database; same records, alternating. */
export const transportRow: Row = {
  name: 'transport',
  says: `consuming from ${partitions} partitions, ${keys} keys, beside Nest's ServerKafka as its documentation sets it up`,
  async run({ quick, say }: RowOptions) {
    const stack = await startStack({ kafka: true, own: true });
    try {
      const publisher = new KafkaPublisher({ brokers: stack.brokers, clientId: 'bench', codec: new WireCodec(new InMemorySchemaIds()) });
      await publisher.connect();
      const topics: Record<string, number> = { [uniqueName('many')]: quick ? 20_000 : 100_000, [uniqueName('few')]: quick ? 500 : 3_000 };
      await stack.createTopics(Object.keys(topics), partitions);
      for (const [topic, count] of Object.entries(topics)) await fill(publisher, topic, count);
      await publisher.close();
      const [[many, manyCount], [few, fewCount]] = Object.entries(topics) as [[string, number], [string, number]];
      const idle: Record<Kind, Run[]> = { ours: [], nest: [] };
      const waiting: Record<Kind, Run[]> = { ours: [], nest: [] };
      for (let round = 0; round < (quick ? 1 : 5); round += 1) {
        for (const kind of kinds) {
          idle[kind].push(await consumed(stack, kind, many, manyCount, 0));
          waiting[kind].push(await consumed(stack, kind, few, fewCount, 5));
          const [free, slow] = [idle[kind].at(-1), waiting[kind].at(-1)];
          say(
            `round ${round + 1}: ${named[kind]} ${free?.perSecond.toFixed(0)}/s and ${free?.cpuMs.toFixed(3)} ms CPU each without work, ${slow?.perSecond.toFixed(0)}/s with 5 ms of waiting`,
          );
        }
      }
      const measure = (what: string, unit: string, runs: Record<Kind, Run[]>, of: (run: Run) => number) =>
        kinds.map((kind) => ({ what, subject: named[kind], unit, samples: runs[kind].map(of) }));
      const over = (runs: Record<Kind, Run[]>, of: (run: Run) => number): number[] => ratios(runs.ours.map(of), runs.nest.map(of));
      return {
        measures: [
          ...measure('no work', 'messages/s', idle, ({ perSecond }) => perSecond),
          ...measure('no work, CPU', 'ms per message', idle, ({ cpuMs }) => cpuMs),
          ...measure('5 ms of waiting', 'messages/s', waiting, ({ perSecond }) => perSecond),
          {
            what: 'no work, ratio',
            subject: `${named.ours} over ${named.nest}`,
            unit: 'x',
            samples: over(idle, ({ perSecond }) => perSecond),
          },
          {
            what: '5 ms of waiting, ratio',
            subject: `${named.ours} over ${named.nest}`,
            unit: 'x',
            samples: over(waiting, ({ perSecond }) => perSecond),
          },
        ],
        goals: [],
        notes: [
          `From the first tenth to the last record, so that joining the group is not in it. ServerKafka commits what a handler failed at as done or stops at it for ever (libs/messaging/CONFORMANCE.md); what is compared here is only its speed when nothing fails.`,
        ],
      };
    } finally {
      await stack.stop();
    }
  },
};

async function fill(publisher: KafkaPublisher, topic: string, count: number): Promise<void> {
  const value = Buffer.from(JSON.stringify({ id: 'evt', text: 'x'.repeat(1_000) }));
  for (let from = 0; from < count; from += 1_000)
    await publisher.publish(
      Array.from({ length: Math.min(1_000, count - from) }, (_, n) =>
        outgoing({
          event: events.stripeEventReceived,
          topic,
          key: `key${(from + n) % keys}`,
          id: `evt_${from + n}`,
          sequence: `key${(from + n) % keys}`,
          sourceEventId: `evt_${from + n}`,
          value,
        }),
      ),
    );
}

async function consumed(stack: Stack, kind: Kind, topic: string, count: number, workMs: number): Promise<Run> {
  const [port] = (await freePorts(1)) as [number];
  const url = `http://127.0.0.1:${port}/`;
  const subject = new Subject(
    `consumer-${kind}`,
    [process.execPath, join(workspaceRoot, 'proof/dist/bench/consumer-under-load.js')],
    {
      KAFKA_BROKERS: stack.brokers.join(','),
      BENCH_TRANSPORT: kind,
      BENCH_TOPIC: topic,
      BENCH_GROUP: uniqueName('group'),
      BENCH_WORK_MS: String(workMs),
      BENCH_CONTROL_PORT: String(port),
    },
    { ready: answers(url) },
  );
  const handled = async (): Promise<number> => Number(await (await fetch(url)).text());
  const reach = async (least: number): Promise<{ at: number; done: number; cpuS: number }> => {
    for (const deadline = Date.now() + patienceMs; ;) {
      const done = await handled();
      if (done >= least) return { at: performance.now(), done, cpuS: subject.usage().cpuS };
      if (Date.now() > deadline) throw new Error(`${named[kind]} has handled ${done} of ${count} after ${patienceMs} ms`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  try {
    await subject.start();
    const first = await reach(count / 10);
    const last = await reach(count);
    const messages = last.done - first.done;
    return { perSecond: (messages * 1_000) / (last.at - first.at), cpuMs: ((last.cpuS - first.cpuS) * 1_000) / messages };
  } finally {
    await subject.stop();
  }
}
