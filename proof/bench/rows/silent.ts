import type { KafkaPublisher } from '@tributary/messaging';
import { sealedPublisher } from '../keys.js';
import { generationOf } from '../generations.js';
import { MemoryWatch } from '../memory.js';
import { quantile } from '../statistics.js';
import type { Row, RowOptions, RowResult } from '../result.js';
import { target, wholeStack } from '../services.js';
import { request } from '../receipt-requests.js';
import { startSink } from '../sink-set-up.js';
import type { Sink } from '../sink-set-up.js';

const other = 'kinetic-other';
const perSecond = 50;
const erp = { erpMs: 20, concurrency: 16 };
const drainWithinMs = 120_000;

/** One target accepts connections and never answers, while another target keeps answering. */
export const silentRow: Row = {
  name: 'silent',
  says: 'a target silent for 10 minutes: what its own group and another target notice',
  async run({ quick, say }: RowOptions) {
    const silentMs = quick ? 60_000 : 600_000;
    const quietMs = quick ? 15_000 : 120_000;
    const stack = await wholeStack([target, other]);
    const connection = { brokers: stack.brokers, clientId: 'bench' };
    const publisher = sealedPublisher(stack);
    const stops: (() => Promise<void>)[] = [() => stack.stop(), () => publisher.close()];
    try {
      await publisher.connect();
      const silent = await startSink(stack, erp);
      stops.push(() => silent.subject.stop());
      const well = await startSink(stack, { ...erp, target: other });
      stops.push(() => well.subject.stop());
      const flow = new Flow(publisher, well);
      await flow.for(5_000); // warm
      const quiet = await flow.for(quietMs);
      const before = await Promise.all([target, other].map((name) => generationOf(connection, `tributary-sink-${name}`)));
      await silent.control('/silent');
      const memory = new MemoryWatch([silent.subject, well.subject]);
      stops.push(async () => memory.stop());
      const meanwhile = await flow.for(silentMs);
      memory.stop();
      await silent.control('/well');
      const posted = await flow.everythingIn(silent);
      const after = await Promise.all([target, other].map((name) => generationOf(connection, `tributary-sink-${name}`)));
      const rebalances = after.map((generation, index) => generation - (before[index] ?? NaN));
      const twice = (await silent.control()).twice + (await well.control()).twice;
      say(
        `${rebalances.join(' and ')} rebalances, ${twice} twice, p99 of the other ${quiet.toFixed(0)} ms quiet, ${meanwhile.toFixed(0)} ms meanwhile`,
      );
      return {
        ...figuresOf({ quiet, meanwhile, rebalances, twice, memory, sinks: [silent, well] }),
        notes: [
          `Silent for ${silentMs / 60_000} min: calls hang until they are given up. ${perSecond} requests/s for each target. ${posted}`,
        ],
      };
    } finally {
      for (const stop of stops.reverse()) await stop();
    }
  },
};

interface Observed {
  /** p99 of the answering target before the other one was silent, and meanwhile, ms. */
  readonly quiet: number;
  readonly meanwhile: number;
  readonly rebalances: readonly number[];
  /** Documents created twice. */
  readonly twice: number;
  readonly memory: MemoryWatch;
  readonly sinks: readonly Sink[];
}

function figuresOf({ quiet, meanwhile, rebalances, twice, memory, sinks }: Observed): Pick<RowResult, 'measures' | 'goals'> {
  const names = sinks.map(({ subject }) => subject.name);
  const slopes = names.map((name) => memory.slope(name));
  return {
    measures: [
      { what: 'p99 quiet', subject: 'other target', unit: 'ms', samples: [quiet] },
      { what: 'p99 meanwhile', subject: 'other target', unit: 'ms', samples: [meanwhile] },
      ...names.map((subject) => ({ what: 'memory, once a second', subject, unit: 'MiB', samples: memory.of(subject) })),
    ],
    goals: [
      { what: 'rebalances, of both groups', goal: '0', samples: rebalances, reached: rebalances.every((count) => count === 0) },
      { what: 'documents made twice', goal: '0', samples: [twice], reached: twice === 0 },
      {
        what: 'slope of memory of both sinks, MiB per minute',
        goal: 'at most 1',
        samples: slopes,
        reached: slopes.every((slope) => slope <= 1),
      },
      {
        what: 'p99 of the other target over quiet',
        goal: 'at most 1.1',
        samples: [meanwhile / quiet],
        reached: meanwhile / quiet <= 1.1,
      },
    ],
  };
}

/** The same requests for both targets, one sequence each. */
class Flow {
  private sent = 0;

  constructor(
    private readonly publisher: KafkaPublisher,
    private readonly well: Sink,
  ) {}

  /** Sends requests for that long. @returns p99 of the answering target: ms from when a request was due to when it was posted. */
  async for(durationMs: number): Promise<number> {
    const first = this.sent;
    const startedAt = Date.now();
    const every = 100;
    const count = (perSecond * every) / 1_000;
    for (let due = startedAt; due < startedAt + durationMs; due += every) {
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - Date.now())));
      await Promise.all([target, other].map((name) => request(this.publisher, this.sent, this.sent + count, name)));
      this.sent += count;
    }
    await this.everythingIn(this.well);
    const { times = [] } = await this.well.control('/times');
    const latencies = times.flatMap(([key, at]) => {
      const index = Number(key.slice(key.lastIndexOf('_') + 1)) - first;
      return index < 0 ? [] : [at - (startedAt + Math.floor(index / count) * every)];
    });
    return quantile(
      latencies.sort((a, b) => a - b),
      0.99,
    );
  }

  /** Waits until everything that was sent is posted. @returns a sentence with the counts. */
  async everythingIn(sink: Sink): Promise<string> {
    const deadline = Date.now() + drainWithinMs;
    for (;;) {
      const { documents } = await sink.control();
      if (documents >= this.sent || Date.now() > deadline) return `Afterwards ${documents} of ${this.sent} were posted.`;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
