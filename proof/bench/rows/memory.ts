import { MemoryWatch } from '../memory.js';
import type { Row, RowOptions } from '../result.js';
import { until } from '../sink-set-up.js';
import { atMost, mostMiB, perSecond, walking } from './walk.js';

/** MiB per minute that count as none: a heap comes and goes by as much. */
const flat = 1;
/** The ERP is a table in the process of the sink; what it kept of every posting would be counted as the sink's. */
const remembered = 1_000;
const minutes = 10;

/** Whether a service grows as long as it works. */
export const memoryRow: Row = {
  name: 'memory',
  says: `memory of each service over ${minutes} minutes of the walk at ${perSecond} events/s`,
  async run({ quick, say }: RowOptions) {
    return walking({ remembered }, async ({ services, sink, send }) => {
      const memory = new MemoryWatch(services);
      const report = await send(0, quick ? 20_000 : minutes * 60_000).finally(() => memory.stop());
      await until(sink, report.requests);
      const most = services.map(({ name }) => memory.mostMiB(name));
      const slopes = services.map(({ name }) => memory.slope(name));
      for (const [index, { name }] of services.entries())
        say(`${name}: at most ${most[index]?.toFixed(0)} MiB, ${slopes[index]?.toFixed(2)} MiB per minute over the second half`);
      return {
        measures: services.flatMap(({ name }, index) => [
          { what: 'memory, once a second', subject: name, unit: 'MiB', samples: memory.of(name) },
          { what: 'slope of memory, second half', subject: name, unit: 'MiB per minute', samples: [slopes[index] as number] },
        ]),
        goals: [
          atMost('most memory of a service, MiB', most, mostMiB),
          atMost('slope of memory over the last 5 minutes, MiB per minute', slopes, flat),
        ],
        notes: [
          `${report.requests} events from the first second on, no time to warm up; all were posted. Goals have one sample per service: ingest, transform, erp-sink.`,
          'Memory is what the system counts (RSS), of which about 58 MiB are pages of the program of Node itself, which all services share.',
          `The ERP is a table in the process of the sink that remembers its last ${remembered} documents.`,
        ],
      };
    });
  },
};
