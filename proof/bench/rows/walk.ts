import { chargeBody, load, secret } from '../load.js';
import type { LoadReport } from '../http-load.js';
import { MemoryWatch } from '../memory.js';
import { quantile } from '../statistics.js';
import type { Goal, Row, RowOptions } from '../result.js';
import { endpoint, ingest, service, wholeStack } from '../services.js';
import type { Subject } from '../subject.js';
import { startSink } from '../sink-set-up.js';
import type { Sink, SinkSettings } from '../sink-set-up.js';

/** Events per second of the row. */
export const perSecond = 100;
/** Memory that a service may use, MiB. */
export const mostMiB = 180;
/** MiB per minute that count as none: over half a minute the comings and goings of a heap are that large. */
const flat = 1;

/** The whole walk: webhook -> ingest -> translate -> route -> sink -> ERP. */
export const walkRow: Row = {
  name: 'walk',
  says: `webhook -> posted in an ERP that takes 20 ms, ${perSecond} events/s, and the memory of each service meanwhile`,
  async run({ quick, say }: RowOptions) {
    return walking({}, async ({ services, sink, send }) => {
      const memory = new MemoryWatch(services);
      const report = await send(quick ? 5_000 : 10_000, quick ? 10_000 : 60_000).finally(() => memory.stop());
      const { latencies, missing, twice } = await latenciesOf(report, sink);
      const [p50, p99] = [quantile(latencies, 0.5), quantile(latencies, 0.99)];
      say(`p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, ${missing} not posted, ${twice} twice`);
      const most = services.map(({ name }) => memory.mostMiB(name));
      return {
        measures: [
          { what: 'webhook -> posted, each', subject: 'all services', unit: 'ms', samples: [p50, quantile(latencies, 0.9), p99] },
          ...services.flatMap(({ name }) => [
            { what: 'memory, once a second', subject: name, unit: 'MiB', samples: memory.of(name) },
            { what: 'slope of memory, second half', subject: name, unit: 'MiB per minute', samples: [memory.slope(name)] },
          ]),
        ],
        goals: [
          atMost('p50, ms', [p50], 50),
          atMost('p99, ms', [p99], 200),
          atMost('most memory of a service, MiB', most, mostMiB),
          atMost(
            'slope of memory, MiB per minute',
            services.map(({ name }) => memory.slope(name)),
            flat,
          ),
        ],
        notes: [
          `${report.requests} events, ${missing} not posted at the end, ${twice} posted twice. Latency counts from when a webhook was due to when the ERP had the receipt; the ERP is a table in the process of the sink.`,
          'transform is given no key of the Stripe API, so nothing is read from there.',
          'Of the latency, samples are p50, p90 and p99. Goals of memory have one sample per service: ingest, transform, erp-sink.',
        ],
      };
    });
  },
};

/** The services of the walk, in the order of the walk, and what is sent through them. */
export interface Walk {
  readonly services: readonly Subject[];
  readonly sink: Sink;
  send(warmupMs: number, durationMs: number): Promise<LoadReport>;
}

/** Starts everything that the walk needs, and stops it after the work. Guests out of 200, so that most customers are there already.
 * @param settings of the ERP, beside those of the walk. @param env further environment of transform and the sink. */
export async function walking<T>(
  settings: Partial<SinkSettings>,
  work: (walk: Walk) => Promise<T>,
  env: Readonly<Record<string, string>> = {},
): Promise<T> {
  const stack = await wholeStack();
  const stops: (() => Promise<void>)[] = [() => stack.stop()];
  try {
    const door = await ingest(stack);
    // No Stripe API here: every charge of the load settles in the currency it was made in.
    const transform = await service('transform', stack, { STRIPE_SETTLEMENT_CURRENCIES: '*', ...env });
    for (const subject of [door, transform]) {
      await subject.start();
      stops.push(() => subject.stop());
    }
    const sink = await startSink(stack, { erpMs: 20, concurrency: 16, ...settings, env });
    stops.push(() => sink.subject.stop());
    const send = (warmupMs: number, durationMs: number): Promise<LoadReport> =>
      load({
        port: door.port,
        path: `/webhooks/stripe/${endpoint}`,
        secret,
        body: chargeBody({ customer: null, billing_details: { address: null, email: 'buyer%%@example.com', name: 'Buyer', phone: null } }),
        connections: 16,
        rate: perSecond,
        tellsDue: true,
        warmupMs,
        durationMs,
      });
    return await work({ services: [door, transform, sink.subject], sink, send });
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

/** A goal that no sample exceeds a limit. */
export function atMost(what: string, samples: readonly number[], limit: number): Goal {
  return { what, goal: `at most ${limit}`, samples, reached: Math.max(...samples) <= limit };
}

const settlesWithinMs = 30_000;

/** Of every payment that was asked for: when its receipt was there, less when its webhook was due. Ascending, ms. */
async function latenciesOf({ due = [] }: LoadReport, sink: Sink): Promise<{ latencies: number[]; missing: number; twice: number }> {
  const deadline = Date.now() + settlesWithinMs;
  for (;;) {
    const { times = [], twice } = await sink.control('/times');
    const postedAt = new Map(times.map(([key, at]) => [key.slice(key.lastIndexOf('/') + 1), at]));
    const found = due.flatMap(([id, dueAt]) => {
      const at = postedAt.get(`ch_${id}`);
      return at === undefined ? [] : [at - dueAt];
    });
    const missing = due.length - found.length;
    if (missing === 0 || Date.now() > deadline) return { latencies: found.sort((a, b) => a - b), missing, twice };
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
