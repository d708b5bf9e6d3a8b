import { join } from 'node:path';
import { root } from '../contracts/workspace.js';

/** Where Jest leaves its reports. */
export const reports: string = join(root, '.tributary', 'test');

/** One check of `npm test`. */
export interface Step {
  readonly name: string;
  readonly says: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Jest suites report their own counts. */
  readonly jest?: boolean;
  /** A suite that waits more than it computes, and may run beside its neighbours. */
  readonly beside?: boolean;
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

/** All checks, cheapest first. */
export const steps: readonly Step[] = [
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
  jestStep('connectors', 'connectors and emulators, over HTTP', ['libs/connectors/', 'emulators/'], { integration: true, workers: 2 }),
  ...[
    // The longest first, so that no long one is left alone at the end.
    jestStep(
      'integration',
      'integration tests: real Kafka, registry, PostgreSQL, emulators',
      ['libs/(?!connectors/)', 'services/(?!console/web-test/)'],
      { integration: true, workers: 1 },
    ),
    jestStep('walk', 'the walk: every recorded body through the whole stack', ['proof/'], { integration: true, workers: 1 }),
    jestStep('browser', 'the rooms of the console in Chromium', ['services/console/web-test/'], { integration: true, workers: 1 }),
    jestStep('tools', 'tools and commands, on stacks of their own', ['tools/'], { integration: true, workers: 1 }),
  ].map((step) => ({ ...step, beside: true })),
];

/**
 * The same suites on containers instead of local processes; needs a Docker engine and the official images, so they are asked for:
 * TRIBUTARY_TEST_CONTAINERS=1 (or `--only`).
 */
const onContainers = { TRIBUTARY_TEST_BACKEND: 'containers', TESTCONTAINERS_RYUK_DISABLED: 'true' };
export const containerSteps: readonly Step[] = [
  jestStep('transport-containers', 'the transport on containers', ['libs/messaging/src/kafka/kafka.int-spec'], {
    integration: true,
    workers: 1,
  }),
  jestStep('walk-containers', 'the walk on containers', ['proof/walk/walk.int-spec'], { integration: true, workers: 1 }),
].map((step) => ({ ...step, env: { ...step.env, ...onContainers } }));
