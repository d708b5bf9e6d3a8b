import { commandOptions, refuse } from '../options.js';
import { cellNames } from './cells.js';
import { cellState, coveragePage, trialsOf, writeCoverage } from './coverage.js';
import type { TargetResult } from './results.js';
import { Pipeline } from './pipeline.js';
import { runTarget } from './run-target.js';
import { targets } from './targets.js';

/** Every cell of every ledger plain, then with every fault at every call that writes. All options: `npm run proof:books -- --help`. */
const values = commandOptions({ target: 'texts', cell: 'text', plain: 'flag', writes: 'text', record: 'flag' });
const say = (line: string): void => console.log(line);
process.exitCode = await main();

async function main(): Promise<number> {
  const unknown = values.target.find((name) => !targets.some(({ target }) => target === name));
  if (unknown !== undefined) refuse(`--target ${unknown}: there are ${targets.map(({ target }) => target).join(', ')}`);
  if (values.cell !== undefined && !cellNames.includes(values.cell)) refuse(`--cell ${values.cell}: there are ${cellNames.join(', ')}`);
  const chosen = targets.filter(({ target }) => values.target.length === 0 || values.target.includes(target));
  const ways = chosen.flatMap(({ kind }) => kind?.ways ?? []);
  if (values.writes !== undefined && !chosen.every(({ kind }) => kind?.ways.includes(values.writes ?? '')))
    refuse(`--writes ${values.writes}: ${chosen.map(({ target }) => target).join(', ')} know ${ways.join(', ')}; choose one --target`);
  const pipeline = await Pipeline.load();
  const results: TargetResult[] = [];
  for (const target of chosen) {
    say(`\n${target.target} (${target.erp})`);
    const done = await runTarget(target, pipeline, { cell: values.cell, way: values.writes, plain: values.plain, say });
    if (done.cells.length === 0) say('       no golden file');
    results.push(done);
  }
  if (values.record && values.cell === undefined && values.target.length === 0 && !values.plain) await writeCoverage(coveragePage(results));
  return conclude(results);
}

/** Says what it came to. @returns the exit code. */
function conclude(results: readonly TargetResult[]): number {
  const shown = values.cell === undefined ? cellNames : [values.cell];
  const rows = shown.map((cell) => [cell, ...results.map((one) => cellState(one, cell))]);
  say(`\n${table([['cell', ...results.map(({ target }) => target.target)], ...rows])}\n`);
  const states = rows.flatMap(([, ...cells]) => cells);
  const failed = states.filter((state) => state.startsWith('FAILED')).length;
  const without = states.filter((state) => state === 'no golden file').length;
  const runs = results.flatMap(({ cells }) => cells).reduce((sum, cell) => sum + cell.runs, 0);
  say(
    `${states.length - failed - without} of ${states.length} cells as in their golden files, ${failed} not, ${without} without one; ${runs} runs`,
  );
  const missing = results.flatMap((one) =>
    one.target.isRegistered
      ? shown.filter((cell) => cellState(one, cell) === 'no golden file').map((cell) => `${one.target.target}: ${cell}`)
      : [],
  );
  for (const one of missing) say(`no golden file, though there is a connector: ${one}`);
  return sayTrials(results) + failed + missing.length === 0 ? 0 : 1;
}

/** Says how the trial balances compare. @returns how many cases differ. */
function sayTrials(results: readonly TargetResult[]): number {
  const { targets: compared, cells, own, differences, sum } = trialsOf(results);
  if (compared.length > 1 && differences.length === 0)
    say(`${compared.length} equal trial balances (${compared.join(', ')}) over ${cells.length} cells: ${sum}`);
  if (compared.length === 1) say(`1 trial balance (${compared[0]}) over ${cells.length} cells: ${sum}`);
  for (const one of differences) say(`the trial balances differ in ${one}`);
  for (const one of own) say(`not compared: ${one}`);
  for (const { target, cells: ran } of results) if (ran.length > 0) say(clearing(target.target, ran));
  return differences.length;
}

/** The clearing accounts beside Stripe's balance: every golden file with a balance is compared with it. */
function clearing(target: string, cells: TargetResult['cells']): string {
  const compared = cells.filter(({ golden }) => Object.keys(golden.stripe).length > 0);
  const wrong = compared.filter(({ failed }) => failed > 0);
  return `${target}: clearing ${wrong.length === 0 ? '=' : 'was not shown to be'} Stripe's balance in ${compared.length} cells`;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
