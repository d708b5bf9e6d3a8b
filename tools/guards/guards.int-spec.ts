import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyWorkspace } from '@tributary/local-stack';
import { seeds } from './seeds.js';

/**
 * Lint, run through nx on a copy of the workspace into which every violation of seeds.ts was planted, must report each of
 * them, and nothing in any other file. Our own packages are linked to the copy, so the project graph is the copy's.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const copy = join(root, '.tributary', 'guards');

interface LintMessage {
  readonly ruleId: string | null;
  readonly message: string;
}
const reported = new Map<string, LintMessage[]>();

beforeAll(() => {
  rmSync(copy, { recursive: true, force: true });
  copyWorkspace(copy, (file) => /\.(ts|tsx|mjs|json)$/.test(file) && !file.includes('fixtures/'));
  for (const seed of seeds) {
    mkdirSync(dirname(join(copy, seed.file)), { recursive: true });
    writeFileSync(join(copy, seed.file), `${seed.code}\n`);
  }
  const run = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/nx/dist/bin/nx.js'),
      'run-many',
      '-t',
      'lint',
      '--skip-nx-cache',
      '--parallel=2',
      '--nxBail=false',
      '--format=json',
      '--output-file=lint-report.json',
    ],
    {
      cwd: copy,
      encoding: 'utf8',
      env: { ...process.env, NX_DAEMON: 'false', NX_WORKSPACE_ROOT_PATH: copy, FORCE_COLOR: '0' },
      timeout: 280_000,
    },
  );
  for (const report of execFileSync('find', ['.', '-name', 'lint-report.json', '-not', '-path', '*/node_modules/*'], {
    cwd: copy,
    encoding: 'utf8',
  }).split('\n')) {
    if (!report) continue;
    for (const file of JSON.parse(readFileSync(join(copy, report), 'utf8')) as { filePath: string; messages: LintMessage[] }[]) {
      reported.set(file.filePath.slice(copy.length + 1), file.messages);
    }
  }
  if (reported.size === 0) throw new Error(`lint wrote no report.\n${run.stdout}\n${run.stderr}`);
}, 300_000);

afterAll(() => rmSync(copy, { recursive: true, force: true }));

it.each(seeds.map((seed) => [seed.refuses, seed] as const))('lint refuses %s', (_refuses, seed) => {
  const messages = reported.get(seed.file) ?? [];
  expect(messages.filter((message) => message.ruleId === seed.rule).map((message) => message.message)).toContainEqual(
    expect.stringMatching(seed.message),
  );
});

it('lint has nothing against the files that carry no seed', () => {
  const seeded = new Set(seeds.map((seed) => seed.file));
  const unplanted = (message: LintMessage): boolean =>
    !/Circular (file chain|dependency)[\s\S]*seed-\d+(?:\.int-spec)?\.ts/.test(message.message);
  const others = [...reported]
    .map(([file, messages]) => [file, messages.filter(unplanted)] as const)
    .filter(([file, messages]) => !seeded.has(file) && messages.length > 0);
  expect(others.map(([file, messages]) => `${file}: ${messages[0]?.ruleId} ${messages[0]?.message}`)).toEqual([]);
});
