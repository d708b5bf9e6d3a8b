import { request } from '../receipt-requests.js';
import { rowResult } from '../result.js';
import { median } from '../statistics.js';
import type { Row, RowOptions } from '../result.js';
import { drained, withSink } from '../sink-set-up.js';

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
    return rowResult(
      [
        { what: 'postings', subject: 'erp-sink', unit: 'per s', samples: rates },
        { what: 'memory at the end', subject: 'erp-sink', unit: 'MiB', samples: memory },
      ],
      [{ what: 'share of the most there can be', goal: 'at least 0.95', samples: shares, reached: median(shares) >= 0.95 }],
      [`${twice} documents were made twice.`],
    );
  },
};
