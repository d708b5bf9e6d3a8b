import { chargeBody, load, secret } from '../load.js';
import type { LoadReport } from '../http-load.js';
import { median } from '../statistics.js';
import type { Row, RowOptions } from '../result.js';
import { endpoint, ingest, wholeStack } from '../services.js';

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
      const { rssMiB } = ours.usage();
      return {
        measures: [
          { what: 'p50', subject: 'ingest', unit: 'ms', samples: reports.map(({ p50Ms }) => p50Ms) },
          { what: 'p99', subject: 'ingest', unit: 'ms', samples: p99 },
          { what: 'p99.9', subject: 'ingest', unit: 'ms', samples: p999 },
          { what: 'memory at the end', subject: 'ingest', unit: 'MiB', samples: [rssMiB] },
        ],
        goals: [
          { what: 'p99, ms', goal: 'at most 5', samples: p99, reached: median(p99) <= 5 },
          { what: 'p99.9, ms', goal: 'at most 40', samples: p999, reached: median(p999) <= 40 },
          { what: 'memory at the end, MiB', goal: 'at most 160', samples: [rssMiB], reached: rssMiB <= 160 },
        ],
        notes: ['Latency counts from when the request was due, so a stall of the subject or of the generator shows.'],
      };
    } finally {
      await ours.stop();
      await stack.stop();
    }
  },
};
