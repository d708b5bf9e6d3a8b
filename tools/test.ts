import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * `npm test`: every check of the project, cheapest first, ending with one line
 * `N passed, N failed`. A check that is no test suite (format, types, lint, generated files) counts as one.
 *
 * `npm test -- --only unit,walk` runs some of them; `--list` names them. Reports are kept in .tributary/test.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const reports = join(root, '.tributary', 'test');

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface Step {
  readonly name: string;
  readonly says: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Jest suites report their own counts. */
  readonly jest?: boolean;
}

const node = process.execPath;
const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js', '--forceExit'];

function jestStep(name: string, says: string, paths: readonly string[], options: { integration: boolean; workers: number }): Step {
  return {
    name,
    says,
    jest: true,
    command: [node, ...jest, `--maxWorkers=${options.workers}`, '--json', `--outputFile=${join(reports, `${name}.json`)}`, ...paths],
    env: options.integration ? { TRIBUTARY_TESTS: 'integration' } : {},
  };
}

const steps: readonly Step[] = [
  { name: 'format', says: 'Prettier', command: [node, 'node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'] },
  { name: 'types', says: 'TypeScript, strict', command: [node, 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.json', '--noEmit'] },
  {
    name: 'types-web',
    says: 'TypeScript of the console page',
    command: [node, 'node_modules/typescript/bin/tsc', '-p', 'services/console/web/tsconfig.json', '--noEmit'],
  },
  {
    name: 'lint',
    says: 'ESLint through nx',
    command: [node, 'node_modules/nx/dist/bin/nx.js', 'run-many', '-t', 'lint', '--parallel=2', '--outputStyle=static'],
    env: { NX_DAEMON: 'false' },
  },
  {
    name: 'prose',
    says: 'spelling and words of comments, documents and messages',
    command: [node, 'tools/dist/prose/check.js'],
  },
  { name: 'generated', says: 'generated files are those that the sources give', command: [node, 'tools/dist/check-generated.js'] },
  jestStep('unit', 'unit tests', [], { integration: false, workers: 2 }),
  {
    name: 'sim',
    says: '10,000 seeds of the simulation against every invariant',
    command: [node, 'proof/dist/sim/cli.js', '--seeds', '10000'],
  },
  {
    name: 'sim-model',
    says: 'breadth-first model check of the posting protocol',
    command: [node, 'proof/dist/sim/cli.js', '--model'],
  },
  {
    name: 'sim-mutants',
    says: 'every planted bug of the protocol is caught by the simulation',
    command: [node, 'proof/dist/sim/cli.js', '--mutants', '--most', '8000'],
  },
  {
    name: 'sim-books',
    says: '10,000 seeds of the simulation of the books: lines, needs, batches, periods',
    command: [node, 'proof/dist/sim/cli.js', '--books', '--seeds', '10000'],
  },
  {
    name: 'sim-books-mutants',
    says: 'every planted bug of the books is caught by their simulation',
    command: [node, 'proof/dist/sim/cli.js', '--books', '--mutants', '--most', '600'],
  },
  jestStep(
    'integration',
    'integration tests: real Kafka, registry, PostgreSQL, emulators',
    ['libs/', 'services/', 'emulators/', 'tools/'],
    { integration: true, workers: 1 },
  ),
  jestStep('walk', 'the walk: every recorded body through the whole stack', ['proof/'], { integration: true, workers: 1 }),
];

/**
 * The same suites on containers instead of local processes; needs a Docker engine and the official images, so they are asked for:
 * TRIBUTARY_TEST_CONTAINERS=1 (or `--only`).
 */
const onContainers = { TRIBUTARY_TEST_BACKEND: 'containers', TESTCONTAINERS_RYUK_DISABLED: 'true' };
const containerSteps: readonly Step[] = [
  jestStep('transport-containers', 'the transport on containers', ['libs/messaging/src/kafka/kafka.int-spec'], {
    integration: true,
    workers: 1,
  }),
  jestStep('walk-containers', 'the walk on containers', ['proof/walk'], { integration: true, workers: 1 }),
].map((step) => ({ ...step, env: { ...step.env, ...onContainers } }));

function run(step: Step): Promise<number> {
  const [command, ...args] = step.command;
  return new Promise((resolve, reject) => {
    const child = spawn(command as string, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...step.env },
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}

/** Result of a step: its own counts where Jest wrote a report, else one check. */
function outcomeOf(step: Step, exitCode: number): Outcome {
  if (!step.jest) return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
  try {
    const report = JSON.parse(readFileSync(join(reports, `${step.name}.json`), 'utf8')) as Record<string, number>;
    // A suite that could not even start has no failed test, yet it failed.
    const broken = report.numRuntimeErrorTestSuites ?? 0;
    const failed = (report.numFailedTests ?? 0) + broken;
    return {
      passed: report.numPassedTests ?? 0,
      failed: exitCode !== 0 && failed === 0 ? 1 : failed,
      skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }; // no report: Jest itself broke
  }
}

function chosen(args: readonly string[]): readonly Step[] {
  const only = args[args.indexOf('--only') + 1];
  const all = [...steps, ...containerSteps];
  if (!args.includes('--only') || only === undefined) return process.env.TRIBUTARY_TEST_CONTAINERS === '1' ? all : steps;
  const names = only.split(',');
  const unknown = names.filter((name) => !all.some((step) => step.name === name));
  if (unknown.length > 0)
    throw new Error(`npm test: no check is called "${unknown.join('", "')}". There are: ${all.map((step) => step.name).join(', ')}`);
  return all.filter((step) => names.includes(step.name));
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--list')) {
    for (const step of [...steps, ...containerSteps]) console.log(`${step.name.padEnd(22)} ${step.says}`);
    return;
  }
  const todo = chosen(args);
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const results: { step: Step; outcome: Outcome; seconds: number }[] = [];
  for (const [index, step] of todo.entries()) {
    console.log(`\n[${index + 1}/${todo.length}] ${step.name}: ${step.says}`);
    const started = Date.now();
    const outcome = outcomeOf(step, await run(step));
    results.push({ step, outcome, seconds: Math.round((Date.now() - started) / 1000) });
  }
  console.log('');
  for (const { step, outcome, seconds } of results) {
    console.log(
      `${outcome.failed === 0 ? 'ok  ' : 'FAIL'} ${step.name.padEnd(22)} ${outcome.passed} passed, ${outcome.failed} failed, ${outcome.skipped} skipped, ${seconds} s`,
    );
  }
  const sum = (key: keyof Outcome): number => results.reduce((total, { outcome }) => total + outcome[key], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''}`);
  process.exitCode = sum('failed') === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
});
