import { request } from '../receipt-requests.js';
import { rowResult } from '../result.js';
import { median, quantile } from '../statistics.js';
import type { Row, RowOptions } from '../result.js';
import { until, withSink } from '../sink-set-up.js';

/** Postings per second while a share of the calls fails. */
export const failingRow: Row = {
  name: 'failing',
  says: '1 % of 10,000 sequences failing: what the healthy ones notice',
  async run({ quick, say }: RowOptions) {
    const total = quick ? 1_500 : 10_000;
    const rates: number[] = [];
    const slower: number[] = [];
    for (let round = 0; round < (quick ? 1 : 2); round += 1) {
      const quiet = await measure(0, total);
      const failing = await measure(10, total);
      rates.push(failing.rate / 0.99 / quiet.rate);
      slower.push(failing.p99 / quiet.p99);
      say(
        `round ${round + 1}: quiet ${quiet.rate.toFixed(0)}/s p99 ${quiet.p99.toFixed(0)} ms; 1 % failing ${failing.rate.toFixed(0)}/s p99 ${failing.p99.toFixed(0)} ms`,
      );
    }
    return rowResult(
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

/** What the healthy sequences get while a share fails. */
interface Healthy {
  /** Documents per second. */
  readonly rate: number;
  /** 99th percentile of the latency, ms, counted from when a request was due. */
  readonly p99: number;
}

const perSecond = 150;

/** Sends `total` requests at a steady rate. @param failing per mille of the sequences. */
async function measure(failing: number, total: number): Promise<Healthy> {
  return withSink({ erpMs: 20, concurrency: 16, failing }, async (sink, publisher) => {
    await request(publisher, 0, 200); // warm
    await until(sink, 190 - (failing > 0 ? 20 : 0));
    const startedAt = Date.now();
    for (let sent = 0; sent < total; sent += perSecond / 10) {
      await request(publisher, 1_000 + sent, 1_000 + sent + perSecond / 10);
      await sleep(startedAt + ((sent / perSecond) * 1_000 + 100) - Date.now());
    }
    await sleep(2_000);
    const { times = [] } = await sink.control('/times');
    const latencies = times
      .map(([key, at]) => ({ at, index: Number(key.split('_').at(-1)) - 1_000 }))
      .filter(({ index }) => index >= 0)
      .map(({ at, index }) => at - (startedAt + (index / perSecond) * 1_000));
    latencies.sort((a, b) => a - b);
    const lastAt = Math.max(...times.map(([, at]) => at));
    return { rate: (latencies.length * 1_000) / (lastAt - startedAt), p99: quantile(latencies, 0.99) };
  });
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
