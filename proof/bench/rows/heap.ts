import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import { growth, snapshotEnvironment, snapshotSignal, takeSnapshot } from '../heap-snapshot.js';
import type { LiveHeap } from '../heap-snapshot.js';
import type { Goal, Row, RowOptions } from '../result.js';
import { until } from '../sink-set-up.js';
import { perSecond, walking } from './walk.js';

/** Minutes of load before the first snapshot, and between the two. */
const [firstAfter, apart] = [2, 4];
const mib = 2 ** 20;
/** Growth that counts as none, MiB per minute: caches that are not yet full, code that is compiled late. */
const flat = 0.25;
/** The ERP is a table in the process of the sink; what it kept of every posting would be counted as the sink's. */
const remembered = 1_000;
const shownKinds = 6;
/** Before a snapshot: what is in work is not what is kept. */
const restMs = 5_000;

/** What transform and erp-sink keep while they work. */
export const heapRow: Row = {
  name: 'heap',
  says: `live heap of transform and erp-sink after ${firstAfter} and after ${firstAfter + apart} minutes at ${perSecond} events/s`,
  async run({ quick, say }: RowOptions) {
    const folder = join(workspaceRoot, '.tributary', 'bench', 'heap');
    const env = snapshotEnvironment(folder);
    return walking(
      { remembered },
      async ({ services, sink, send }) => {
        const [, ...watched] = services; // of ingest, the row `memory` says enough
        const snapshots = async (posted: number): Promise<LiveHeap[]> => {
          await until(sink, posted);
          await new Promise((resolve) => setTimeout(resolve, restMs));
          const heaps: LiveHeap[] = [];
          for (const subject of watched) {
            subject.signal(snapshotSignal);
            heaps.push(await takeSnapshot(folder));
          }
          return heaps;
        };
        const minute = quick ? 3_000 : 60_000;
        let total = (await send(0, firstAfter * minute)).requests;
        const before = await snapshots(total);
        total += (await send(0, apart * minute)).requests;
        const after = await snapshots(total);
        const goals: Goal[] = [];
        const notes = [`${total} events. V8 collects all garbage before it writes a snapshot, so what is in both is kept by something.`];
        for (const [index, { name }] of watched.entries()) {
          const [first, second] = [before[index] as LiveHeap, after[index] as LiveHeap];
          const perMinute = (second.bytes - first.bytes) / mib / apart;
          goals.push({
            what: `${name}: live heap, MiB per minute`,
            goal: `at most ${flat}`,
            samples: [perMinute],
            reached: perMinute <= flat,
          });
          const grown = growth(first, second).slice(0, shownKinds);
          notes.push(`${name} grew most in ${grown.map(([kind, bytes]) => `${kind} ${Math.round(bytes / 1_024)} KiB`).join(', ')}.`);
          say(`${name}: ${(first.bytes / mib).toFixed(1)} then ${(second.bytes / mib).toFixed(1)} MiB; ${notes.at(-1)}`);
        }
        const measures = watched.map(({ name }, index) => ({
          what: 'live heap, first and second snapshot',
          subject: name,
          unit: 'MiB',
          samples: [before[index], after[index]].map((heap) => (heap as LiveHeap).bytes / mib),
        }));
        return { measures, goals, notes };
      },
      env,
    );
  },
};
