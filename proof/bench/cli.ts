import { commandOptions, refuse } from '../options.js';
import { circumstances, keep } from './recorded-results.js';
import type { Row } from './result.js';
import { floorRow } from './rows/floor.js';
import { ingestRow } from './rows/ingest.js';
import { steadyRow } from './rows/ingest-steady.js';
import { heapRow } from './rows/heap.js';
import { memoryRow } from './rows/memory.js';
import { drainRow } from './rows/drain.js';
import { failingRow } from './rows/failing.js';
import { sinkRow } from './rows/sink.js';
import { silentRow } from './rows/silent.js';
import { transformRow } from './rows/transform.js';
import { transportRow } from './rows/transport.js';
import { walkRow } from './rows/walk.js';

/** `npm run bench [-- --quick] [--only ingest,...]`: measures and keeps the raw figures under proof/bench/results. */
const rows: readonly Row[] = [
  ingestRow,
  floorRow,
  steadyRow,
  transportRow,
  transformRow,
  walkRow,
  memoryRow,
  heapRow,
  sinkRow,
  failingRow,
  silentRow,
  drainRow,
];

const options = commandOptions({ quick: 'flag', only: 'text' });
const { quick } = options;
const only = options.only?.split(',');
const unknown = only?.filter((name) => !rows.some((row) => row.name === name)) ?? [];
if (unknown.length > 0) refuse(`bench: there is no row "${unknown.join('", "')}"; there are ${rows.map(({ name }) => name).join(', ')}`);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
let failed = 0;
for (const row of rows.filter(({ name }) => only === undefined || only.includes(name))) {
  say(`\n${row.name}: ${row.says}`);
  try {
    const result = { row: row.name, says: row.says, ...(await row.run({ quick, say: (line) => say(`  ${line}`) })) };
    for (const { what, goal, samples, reached } of result.goals)
      say(`  ${reached ? 'reached    ' : 'NOT reached'} ${what}: ${samples.map((sample) => sample.toFixed(2)).join(' ')} (${goal})`);
    for (const note of result.notes) say(`  note: ${note}`);
    say(
      `  kept in ${keep({ ...circumstances(), quick, rows: [result] })
        .map((file) => file.split('/proof/')[1])
        .join(', ')}`,
    );
  } catch (error) {
    failed += 1;
    say(`  failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}
process.exit(failed > 0 ? 1 : 0);
