import { request } from '../receipt-requests.js';
import { rowResult } from '../result.js';
import type { Row, RowOptions } from '../result.js';
import { until, withSink } from '../sink-set-up.js';

/** Time in which a sink works off a backlog. */
export const drainRow: Row = {
  name: 'drain',
  says: '100,000 records that wait, ERP of 5 ms, 32 in flight',
  async run({ quick, say }: RowOptions) {
    const total = quick ? 5_000 : 100_000;
    return withSink({ erpMs: 5, concurrency: 32 }, async (sink, publisher) => {
      await sink.subject.stop(); // the records wait
      await request(publisher, 0, total);
      await sink.subject.start();
      const startedAt = performance.now();
      const seconds = ((await until(sink, total)) - startedAt) / 1_000;
      const { twice } = await sink.control();
      say(`${total} in ${seconds.toFixed(1)} s, ${twice} twice`);
      return rowResult(
        [
          { what: `${total} records`, subject: 'erp-sink', unit: 's', samples: [seconds] },
          { what: 'memory at the end', subject: 'erp-sink', unit: 'MiB', samples: [sink.subject.usage().rssMiB] },
        ],
        [
          {
            what: 'seconds for 100,000',
            goal: 'at most 30',
            samples: [(seconds * 100_000) / total],
            reached: (seconds * 100_000) / total <= 30,
          },
        ],
        [
          `${twice} documents were made twice. Each posting is two steps in the ledger (sent, outcome), which share transactions, and its outcome and cross-reference in Kafka.`,
        ],
      );
    });
  },
};
