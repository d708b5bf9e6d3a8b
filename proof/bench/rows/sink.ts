import { join } from 'node:path';
import { events, topics } from '@tributary/contracts';
import type { PostingRequested } from '@tributary/contracts';
import { derivedEventId } from '@tributary/domain';
import { KafkaPublisher, outgoing } from '@tributary/messaging';
import { allocator, freePorts, serviceFlags, programFlags, workspaceRoot } from '@tributary/local-stack';
import type { Stack } from '@tributary/local-stack';
import { median, quantile } from '../result.js';
import type { Goal, Measure, Row, RowOptions } from '../result.js';
import { target, wholeStack } from '../services.js';
import { answers, Subject } from '../subject.js';

/** A running erp-sink with its ERP, and the control of that ERP. */
export interface Sink {
  readonly subject: Subject;
  control(path?: string): Promise<{ documents: number; twice: number; mostOpen: number; times?: [string, number][] }>;
}

/** Target, concurrency and speed of the ERP. */
export interface SinkSettings {
  readonly erpMs: number;
  readonly concurrency: number;
  /** Per mille of the sequences. */
  readonly failing?: number;
  readonly target?: string;
  /** Documents that the ERP remembers; default all. */
  readonly remembered?: number;
}

/** Starts an erp-sink with an ERP that the row controls, and waits until it is ready. */
export async function startSink(stack: Stack, settings: SinkSettings): Promise<Sink> {
  const { erpMs, concurrency, failing = 0, target: of = target, remembered } = settings;
  const [port, controlPort] = (await freePorts(2)) as [number, number];
  const env = {
    KAFKA_BROKERS: stack.brokers.join(','),
    SCHEMA_REGISTRY_URL: stack.registryUrl,
    DATABASE_URL: stack.databaseUrl,
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: String(port),
    LOG_LEVEL: 'error',
    ...allocator,
    ERP_TARGET: of,
    ERP_CONCURRENCY: String(concurrency),
    BENCH_ERP_MS: String(erpMs),
    BENCH_FAILING: String(failing),
    BENCH_CONTROL_PORT: String(controlPort),
    ...(remembered === undefined ? {} : { BENCH_REMEMBERED: String(remembered) }),
  };
  const flags = [...programFlags(workspaceRoot), ...serviceFlags('erp-sink')]; // as `npm start` and the containers run it
  const command = [process.execPath, ...flags, join(workspaceRoot, 'proof/dist/bench/sink-under-load.js')];
  const subject = new Subject(of === target ? 'erp-sink' : `erp-sink ${of}`, command, env, {
    ready: answers(`http://127.0.0.1:${port}/ready`),
  });
  await subject.start();
  return {
    subject,
    control: async (path = '/') =>
      (await (await fetch(`http://127.0.0.1:${controlPort}${path}`)).json()) as Awaited<ReturnType<Sink['control']>>,
  };
}

function receipt(id: string, of: string): PostingRequested {
  return {
    postingKey: `${of}/cash-receipt/${id}`,
    target: of,
    kind: 'cash-receipt',
    protocol: 'create-once',
    canonicalEventId: derivedEventId(id, 'ar.payment-received'),
    sourceEventId: `evt_${id}`,
    sequence: id,
    version: 0n,
    dependsOn: [],
    references: [],
    shape: 'epicor-kinetic/cash-receipt',
    fields: { TranAmt: '10.50', CurrencyCode: 'USD', CheckRef: id },
    amount: { minor: 1050n, currency: 'USD' },
    flow: 'bench',
    mappingVersion: '1',
    digest: id,
    lines: [],
    needs: [],
    effect: [],
    onClosedPeriod: null,
    release: null,
    requestedAt: Date.now(),
  };
}

/** Requests `from` to `to`, each of a customer of its own. */
export async function request(publisher: KafkaPublisher, from: number, to: number, of = target): Promise<void> {
  const chunk = 2_000;
  for (let start = from; start < to; start += chunk) {
    const ids = Array.from({ length: Math.min(chunk, to - start) }, (_, index) => `ch_${start + index}`);
    await publisher.publish(
      ids.map((id) =>
        outgoing({
          event: events.postingRequested,
          topic: topics.postings(of),
          key: `cus_${id}`,
          id: `request-${of}-${id}`,
          sequence: id,
          sourceEventId: `evt_${id}`,
          value: receipt(id, of),
        }),
      ),
    );
  }
}

async function withSink<T>(settings: SinkSettings, work: (sink: Sink, publisher: KafkaPublisher) => Promise<T>): Promise<T> {
  const stack = await wholeStack();
  const publisher = new KafkaPublisher({ brokers: stack.brokers, clientId: 'bench', registryUrl: stack.registryUrl });
  let sink: Sink | undefined;
  try {
    await publisher.connect();
    sink = await startSink(stack, settings);
    return await work(sink, publisher);
  } finally {
    await sink?.subject.stop();
    await publisher.close();
    await stack.stop();
  }
}

const patienceMs = 600_000;

/** When so many documents are there. @throws after ten minutes. */
export async function until(sink: Sink, documents: number): Promise<number> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const state = await sink.control();
    if (state.documents >= documents) return performance.now();
    if (Date.now() > deadline) throw new Error(`after ${patienceMs} ms there are ${state.documents} of ${documents} documents`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Throughput from the document `first` to the last one, documents per second: without the start. */
async function drained(sink: Sink, first: number, last: number): Promise<number> {
  const startedAt = await until(sink, first);
  const begun = (await sink.control()).documents;
  return ((last - begun) * 1_000) / ((await until(sink, last)) - startedAt);
}

/** Postings per second of one sink. */
export const sinkRow: Row = {
  name: 'sink',
  says: 'postings/s with an ERP of 50 ms and 16 calls in flight; the most there can be is 320',
  async run({ quick, say }: RowOptions) {
    const total = quick ? 2_000 : 12_000;
    const most = 16 / 0.05;
    const rates: number[] = [];
    const memory: number[] = [];
    let twice = 0;
    for (let round = 0; round < (quick ? 1 : 3); round += 1)
      await withSink({ erpMs: 50, concurrency: 16 }, async (sink, publisher) => {
        await request(publisher, 0, total);
        rates.push(await drained(sink, total / 10, total));
        memory.push(sink.subject.usage().rssMiB);
        const state = await sink.control();
        twice += state.twice;
        say(`round ${round + 1}: ${rates.at(-1)?.toFixed(0)}/s of ${most}, ${state.mostOpen} calls at once, ${state.twice} twice`);
      });
    const shares = rates.map((rate) => rate / most);
    return result(
      [
        { what: 'postings', subject: 'erp-sink', unit: 'per s', samples: rates },
        { what: 'memory at the end', subject: 'erp-sink', unit: 'MiB', samples: memory },
      ],
      [{ what: 'share of the most there can be', goal: 'at least 0.95', samples: shares, reached: median(shares) >= 0.95 }],
      [`${twice} documents were made twice.`],
    );
  },
};

/** Time in which a sink works off a backlog. */
export const drainRow: Row = {
  name: 'drain',
  says: '100,000 records that wait, ERP of 5 ms, 32 in flight',
  async run({ quick, say }: RowOptions) {
    const total = quick ? 5_000 : 100_000;
    return withSink({ erpMs: 5, concurrency: 32 }, async (sink, publisher) => {
      await sink.subject.stop(); // they wait
      await request(publisher, 0, total);
      await sink.subject.start();
      const startedAt = performance.now();
      const seconds = ((await until(sink, total)) - startedAt) / 1_000;
      const { twice } = await sink.control();
      say(`${total} in ${seconds.toFixed(1)} s, ${twice} twice`);
      return result(
        [
          { what: `${total} records`, subject: 'erp-sink', unit: 's', samples: [seconds] },
          { what: 'memory at the end', subject: 'erp-sink', unit: 'MiB', samples: [sink.subject.usage().rssMiB] },
        ],
        [
          {
            what: 'seconds for 100,000',
            goal: 'at most 25',
            samples: [(seconds * 100_000) / total],
            reached: (seconds * 100_000) / total <= 25,
          },
        ],
        [
          `${twice} documents were made twice. Each posting is two steps in the ledger (sent, outcome), which share transactions, and its outcome and cross-reference in Kafka.`,
        ],
      );
    });
  },
};

/** Postings per second while a share of the calls fails. */
export const failingRow: Row = {
  name: 'failing',
  says: '1 % of 10,000 sequences failing: what the healthy ones notice',
  async run({ quick, say }: RowOptions) {
    const total = quick ? 1_500 : 10_000;
    const once = async (failing: number): Promise<{ rate: number; p99: number; healthy: number }> =>
      withSink({ erpMs: 20, concurrency: 16, failing }, async (sink, publisher) => {
        await request(publisher, 0, 200); // warm
        await until(sink, 190 - (failing > 0 ? 20 : 0));
        const perSecond = 150;
        const startedAt = Date.now();
        for (let sent = 0; sent < total; sent += perSecond / 10) {
          await request(publisher, 1_000 + sent, 1_000 + sent + perSecond / 10);
          await new Promise((resolve) => setTimeout(resolve, Math.max(0, startedAt + ((sent / perSecond) * 1_000 + 100) - Date.now())));
        }
        const expected = (await sink.control()).documents;
        await new Promise((resolve) => setTimeout(resolve, 2_000));
        const { times = [], documents } = await sink.control('/times');
        const latencies = times
          .map(([key, at]) => ({ at, index: Number(key.split('_').at(-1)) - 1_000 }))
          .filter(({ index }) => index >= 0)
          .map(({ at, index }) => at - (startedAt + (index / perSecond) * 1_000));
        latencies.sort((a, b) => a - b);
        const lastAt = Math.max(...times.map(([, at]) => at));
        return {
          rate: (latencies.length * 1_000) / (lastAt - startedAt),
          p99: quantile(latencies, 0.99),
          healthy: Math.max(documents, expected),
        };
      });
    const rates: number[] = [];
    const slower: number[] = [];
    for (let round = 0; round < (quick ? 1 : 2); round += 1) {
      const quiet = await once(0);
      const failing = await once(10);
      rates.push(failing.rate / 0.99 / quiet.rate);
      slower.push(failing.p99 / quiet.p99);
      say(
        `round ${round + 1}: quiet ${quiet.rate.toFixed(0)}/s p99 ${quiet.p99.toFixed(0)} ms; 1 % failing ${failing.rate.toFixed(0)}/s p99 ${failing.p99.toFixed(0)} ms`,
      );
    }
    return result(
      [],
      [
        { what: 'throughput of the healthy over quiet', goal: 'at least 0.95', samples: rates, reached: median(rates) >= 0.95 },
        { what: 'p99 of the healthy over quiet', goal: 'at most 2', samples: slower, reached: median(slower) <= 2 },
      ],
      [
        'Requests come at 150/s, one sequence each; a failing one conflicts every time and is retried through the delay topics. Latency counts from when a request was due.',
      ],
    );
  },
};

function result(measures: Measure[], goals: Goal[], notes: string[]) {
  return { measures, goals, notes };
}
