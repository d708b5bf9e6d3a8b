import { parseArgs } from 'node:util';
import { goldens } from './cell.js';
import { coveragePage, writeCoverage } from './coverage.js';
import type { CellResult } from './coverage.js';
import { ErpUnderTest } from './erp-under-test.js';
import { Pipeline } from './pipeline.js';
import type { Bench } from './run-cell.js';
import { sweep } from './sweep.js';
import { targets } from './targets.js';

const usage = `Books every case of a Stripe account into a ledger and compares it to the cent: from the event to the general ledger of the ERP, over HTTP.
Each cell is run plain, then once for each call that writes and each way in which such a call can go wrong.

  npm run proof:books -- [--target kinetic-main] [--cell <name>] [--plain] [--writes dataset|steps|function] [--record]
`;

const { values } = parseArgs({
  options: {
    target: { type: 'string', default: 'kinetic-main' },
    cell: { type: 'string' },
    plain: { type: 'boolean', default: false },
    writes: { type: 'string', default: 'dataset' },
    record: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) console.log(usage);
else process.exitCode = await main();

async function main(): Promise<number> {
  const found = targets[values.target];
  if (!found) return refuse(`--target ${values.target}: there are ${Object.keys(targets).join(', ')}`);
  const all = goldens(found.erp);
  const cells = all.filter(({ cell }) => values.cell === undefined || cell === values.cell);
  if (cells.length === 0) return refuse(`--cell ${values.cell}: there are ${all.map(({ cell }) => cell).join(', ')}`);
  const erp = await ErpUnderTest.start();
  try {
    const bench: Bench = {
      pipeline: await Pipeline.load(),
      erp,
      target: values.target,
      profilePath: found.profilePath,
      writes: values.writes,
    };
    const results: CellResult[] = [];
    for (const golden of cells) results.push(await sweep(golden, bench, { plain: values.plain, say: (line) => console.log(line) }));
    return conclude(results, found.erp);
  } finally {
    await erp.stop();
  }
}

function refuse(text: string): number {
  console.error(text);
  return 2;
}

function conclude(results: readonly CellResult[], erp: string): number {
  const failed = results.filter((result) => result.failed > 0);
  const runs = results.reduce((sum, result) => sum + result.runs, 0);
  console.log(
    `\n${results.length} cells of ${erp}, ${runs} runs: ${results.length - failed.length} as in their golden files, ${failed.length} not`,
  );
  if (values.record && values.cell === undefined && !values.plain) writeCoverage(coveragePage(erp, results));
  return failed.length === 0 ? 0 : 1;
}
