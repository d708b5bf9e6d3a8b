import { join } from 'node:path';
import type { KafkaPublisher } from '@tributary/messaging';
import { allocator, freePorts, serviceFlags, programFlags, workspaceRoot } from '@tributary/local-stack';
import type { Stack } from '@tributary/local-stack';
import { keys, sealedPublisher } from './keys.js';
import { target, wholeStack } from './services.js';
import { answers, Subject } from './subject.js';

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
  /** Further environment of the sink. */
  readonly env?: Readonly<Record<string, string>>;
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
    ...keys,
    ...allocator,
    ERP_TARGET: of,
    ERP_CONCURRENCY: String(concurrency),
    BENCH_ERP_MS: String(erpMs),
    BENCH_FAILING: String(failing),
    BENCH_CONTROL_PORT: String(controlPort),
    ...(remembered === undefined ? {} : { BENCH_REMEMBERED: String(remembered) }),
    ...settings.env,
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

/** Runs `work` with a stack of its own, a sink and a publisher, and stops all of them. */
export async function withSink<T>(settings: SinkSettings, work: (sink: Sink, publisher: KafkaPublisher) => Promise<T>): Promise<T> {
  const stack = await wholeStack();
  const publisher = sealedPublisher(stack);
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

/** Waits until the ERP has so many documents. @returns the time of `performance.now()`. @throws after ten minutes. */
export async function until(sink: Sink, documents: number): Promise<number> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const state = await sink.control();
    if (state.documents >= documents) return performance.now();
    if (Date.now() > deadline) throw new Error(`after ${patienceMs} ms the ERP has ${state.documents} of ${documents} documents`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Throughput from the document `first` to the last one, documents per second: without the start. */
export async function drained(sink: Sink, first: number, last: number): Promise<number> {
  const startedAt = await until(sink, first);
  const begun = (await sink.control()).documents;
  return ((last - begun) * 1_000) / ((await until(sink, last)) - startedAt);
}
