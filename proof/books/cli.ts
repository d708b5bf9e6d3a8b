import { parseArgs } from 'node:util';
import { goldens } from './cell.js';
import type { Golden } from './cell.js';
import { coveragePage, writeCoverage } from './coverage.js';
import type { CellResult } from './coverage.js';
import { ErpUnderTest } from './erp-under-test.js';
import { callFaults } from './faulty-fetch.js';
import { Pipeline } from './pipeline.js';
import { runCell } from './run-cell.js';
import type { Bench, SeededFault } from './run-cell.js';

const usage = `Books every case of a Stripe account into a ledger and compares it to the cent: from the event to the general ledger of the ERP, over HTTP.
Each cell is run plain, then once for each call that writes and each way in which such a call can go wrong.

  npm run proof:books -- [--target kinetic-main] [--cell <name>] [--plain] [--writes dataset|steps|function] [--record]
`;

/** Targets that have golden files: name -> ERP and profile. */
const targets: Readonly<Record<string, { readonly erp: string; readonly profilePath: string }>> = {
  'kinetic-main': { erp: 'epicor-kinetic', profilePath: 'epicor-kinetic/profiles/kinetic-main.yaml' },
};

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
    for (const golden of cells) results.push(await swept(golden, bench));
    return conclude(results, found.erp);
  } finally {
    await erp.stop();
  }
}

function refuse(text: string): number {
  console.error(text);
  return 2;
}

/** A cell plain, then with every fault at every call that writes. */
async function swept(golden: Golden, bench: Bench): Promise<CellResult> {
  const plain = await runCell(golden, bench);
  report(golden, 'plain', plain.problems);
  let runs = 1;
  let failed = plain.problems.length > 0 ? 1 : 0;
  if (!values.plain && failed === 0)
    for (let at = 0; at < plain.writes.length; at += 1)
      for (const fault of callFaults) {
        const seeded: SeededFault = { at, fault };
        const { problems } = await runCell(golden, bench, seeded);
        report(golden, `${fault}, call ${at + 1} of ${plain.writes.length}: ${plain.writes[at]}`, problems);
        runs += 1;
        if (problems.length > 0) failed += 1;
      }
  console.log(`${failed === 0 ? 'ok    ' : 'FAILED'} ${golden.cell}: ${runs} runs, ${failed} failed`);
  return { golden, runs, failed, writes: plain.writes.length };
}

function report({ cell }: Golden, how: string, problems: readonly string[]): void {
  if (problems.length > 0) console.log(`  ${cell}, ${how}:\n${problems.map((problem) => `    - ${problem}`).join('\n')}`);
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
