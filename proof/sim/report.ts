import { booksReport } from './books/report.js';
import { invariants } from './checks.js';
import { faultNames, promiseBreakers } from './faults.js';
import type { Hunt } from './hunt.js';
import type { ModelRun } from './model-check.js';
import type { ModelReport } from './model-command.js';
import { readResult, resultPath } from './stage.js';
import type { Provenance } from './stage.js';
import type { Tally } from './tally.js';

interface MutantResult extends Provenance {
  readonly seeds: number;
  readonly shippedViolations: number;
  readonly hunts: readonly Hunt[];
}

/** The recorded results as Markdown: seeds, faults x invariants, mutants, model check. Deterministic; names results that are missing. */
export function report(): string {
  const seeds = readResult<Tally & Provenance>(resultPath('seeds'));
  const mutants = readResult<MutantResult>(resultPath('mutants'));
  const model = readResult<ModelReport & Provenance>(resultPath('model-check'));
  return [seedsPart(seeds), matrixPart(seeds), mutantsPart(mutants), modelPart(model), booksReport()].join('\n\n');
}

const whole = (value: number): string => value.toLocaleString('en-US');
const from = ({ commit, date, machine }: Provenance): string => `commit ${commit}, ${date}, ${machine}`;
const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

function seedsPart(result: (Tally & Provenance) | undefined): string {
  if (!result) return 'No seeds are recorded: `npm run sim -- --seeds 300000 --name seeds`.';
  const ends = Object.entries(result.ends)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([end, count]) => `${end} ${whole(count)}`);
  return [
    `**${whole(result.seeds)} seeds**, ${whole(result.violations.length)} violations (from seed ${result.from}; ${whole(result.events)} events, ${whole(result.requests)} requests: ${ends.join(', ')}; ` +
      `${(result.cpuMs / result.seeds).toFixed(1)} ms of CPU per seed; ${from(result)}).`,
    ...result.violations.slice(0, 20).map(({ seed, invariant, text }) => `- seed ${seed}: ${invariant}: ${text}`),
  ].join('\n');
}

function matrixPart(result: (Tally & Provenance) | undefined): string {
  if (!result) return '';
  const header = ['fault', 'seeds', ...invariants];
  const rows = faultNames.map((name) => {
    const mark = promiseBreakers.has(name) ? `${name} (1)` : name;
    return row([
      mark,
      whole(result.faults[name]?.seeds ?? 0),
      ...invariants.map((invariant) => whole(result.matrix[name]?.[invariant] ?? 0)),
    ]);
  });
  return [
    'Faults x invariants: how often a fault was injected in seeds that checked the invariant.',
    '',
    row(header),
    row(header.map((_, index) => (index === 0 ? '---' : '---:'))),
    ...rows,
    row(['checks made', whole(result.seeds), ...invariants.map((invariant) => whole(result.checks[invariant] ?? 0))]),
    '',
    '(1) The target breaks a promise of its connector: it commits later than its settle time. Two documents are possible then, and the check is that they are found and held.',
  ].join('\n');
}

function mutantsPart(result: MutantResult | undefined): string {
  if (!result) return 'No mutants are recorded: `npm run sim -- --mutants --name mutants`.';
  const caught = result.hunts.filter((hunt) => hunt.caught).length;
  return [
    `**${caught} of ${result.hunts.length} planted bugs caught**; the shipped core violates ${result.shippedViolations} of the same ${whole(result.seeds)} seeds (${from(result)}).`,
    '',
    row(['planted bug', 'what it does', 'caught by', 'seeds needed']),
    row(['---', '---', '---', '---:']),
    ...result.hunts.map(({ name, bug, caught: by, seeds }) =>
      row([name, bug, by ? `${by.invariant}, seed ${by.seed}` : '**not caught**', whole(seeds)]),
    ),
  ].join('\n');
}

function modelPart(result: (ModelReport & Provenance) | undefined): string {
  if (!result) return 'No model check is recorded: `npm run sim -- --model --name model-check`.';
  const { runs, chains = [], hunts = [] } = result;
  const runRow = ({ name, states, transitions, depth, complete, violation }: ModelRun): string =>
    row([name, whole(states), whole(transitions), depth, complete ? 'all' : 'up to the bound', violation ?? 0]);
  const found = hunts.filter(({ violation }) => violation !== undefined);
  return [
    `Model check of the protocol, breadth-first (${from(result)}). The last ${chains.length} settings are documents with lines, needs and releases.`,
    '',
    row(['setting', 'states', 'transitions', 'depth', 'reachable states', 'violations']),
    row(['---', '---:', '---:', '---:', '---', '---:']),
    ...[...runs, ...chains].map(runRow),
    '',
    `**${found.length} of ${hunts.length} bugs planted for the model check found.** The way to each: \`npm run sim -- --model --trace\`.`,
    '',
    row(['planted bug', 'what it does', 'violation', 'states', 'steps']),
    row(['---', '---', '---', '---:', '---:']),
    ...hunts.map(({ name, bug, violation, states, trail }) => row([name, bug, violation ?? '**not found**', whole(states), trail.length])),
  ].join('\n');
}
