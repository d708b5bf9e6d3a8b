import { commandOptions, refuse } from '../options.js';
import { goldens } from './cell.js';
import { coveragePage, writeCoverage } from './coverage.js';
import type { CellResult } from './coverage.js';
import { ErpUnderTest } from './erp-under-test.js';
import { Pipeline } from './pipeline.js';
import type { Bench } from './run-cell.js';
import { sweep } from './sweep.js';
import { targets } from './targets.js';

/** Every cell plain, then with every fault at every call that writes. All options: `npm run proof:books -- --help`. */
const values = commandOptions({ target: 'text', cell: 'text', plain: 'flag', writes: 'text', record: 'flag' });
const target = values.target ?? 'kinetic-main';
process.exitCode = await main();

async function main(): Promise<number> {
  const found = targets[target];
  if (!found) refuse(`--target ${target}: there are ${Object.keys(targets).join(', ')}`);
  const all = goldens(found.erp);
  const cells = all.filter(({ cell }) => values.cell === undefined || cell === values.cell);
  if (cells.length === 0) refuse(`--cell ${values.cell}: there are ${all.map(({ cell }) => cell).join(', ')}`);
  const erp = await ErpUnderTest.start();
  try {
    const bench: Bench = {
      pipeline: await Pipeline.load(),
      erp,
      target,
      profilePath: found.profilePath,
      writes: values.writes ?? 'dataset',
    };
    const results: CellResult[] = [];
    for (const golden of cells) results.push(await sweep(golden, bench, { plain: values.plain, say: (line) => console.log(line) }));
    return await conclude(results, found.erp);
  } finally {
    await erp.stop();
  }
}

async function conclude(results: readonly CellResult[], erp: string): Promise<number> {
  const failed = results.filter((result) => result.failed > 0);
  const runs = results.reduce((sum, result) => sum + result.runs, 0);
  console.log(
    `\n${results.length} cells of ${erp}, ${runs} runs: ${results.length - failed.length} as in their golden files, ${failed.length} not`,
  );
  if (values.record && values.cell === undefined && !values.plain) await writeCoverage(coveragePage(erp, results));
  return failed.length === 0 ? 0 : 1;
}
