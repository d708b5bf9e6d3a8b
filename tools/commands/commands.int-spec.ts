import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { commands } from '#commands/table.mjs';
import type { Command } from '#commands/table.mjs';
import { root } from '../contracts/workspace.js';

/** Every command as it is typed: its help and a wrong command line have no effect, the right exit code, and no stack trace. */
let state: string;
beforeAll(() => {
  execFileSync(process.execPath, ['tools/build.mjs'], { cwd: root, stdio: 'ignore' });
  state = mkdtempSync(join(tmpdir(), 'commands-'));
  mkdirSync(join(state, 'data'));
  writeFileSync(join(state, 'data', 'kept'), 'what a run stored');
});
afterAll(() => rmSync(state, { recursive: true, force: true }));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const inherited = { ...process.env, KAFKA_BROKERS: '', DATABASE_URL: '', NODE_ENV: '', TRIBUTARY_STATE_DIR: state, ...env };
  try {
    const ended = await promisify(execFile)(process.execPath, [join(root, 'tools/bootstrap.mjs'), ...args], {
      env: inherited,
      timeout: 60_000,
    });
    return { code: 0, ...ended };
  } catch (error) {
    return error as Ended;
  }
}

/** What a command could have changed: what the stack keeps, and the files of the workspace. */
function traces(): unknown {
  const changed = execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' });
  return { kept: readdirSync(state, { recursive: true }), changed };
}

const stackTrace = /^\s+at .+:\d+:\d+\)?$/m;
const paths = everyPath(commands);
function everyPath(list: readonly Command[], above: readonly string[] = []): { path: readonly string[]; command: Command }[] {
  return list.flatMap((command) => {
    const path = [...above, command.name];
    return [{ path, command }, ...everyPath(command.commands ?? [], path)];
  });
}

it.each(paths.map(({ path, command }) => [path.join(' '), path, command] as const))('%s', async (_name, path, command) => {
  const before = traces();
  const [long, short, option, misspelt] = await Promise.all([
    run([...path, '--help']),
    run([...path, '-h']),
    run([...path, '--no-such-option']),
    run([...path.slice(0, -1), `${path.at(-1)}x`, ...(command.options?.yes ? ['--yes'] : [])]),
  ]);
  expect([long.code, short.code, option.code, misspelt.code]).toEqual([0, 0, 2, 2]);
  expect(long.stdout).toContain(command.summary);
  expect(short.stdout).toBe(long.stdout);
  expect(misspelt.stderr).toContain(`Did you mean "${path.at(-1)}"?`);
  for (const { stdout, stderr } of [long, short, option, misspelt]) expect(stdout + stderr).not.toMatch(stackTrace);
  expect(traces()).toEqual(before);
});

it.each([
  ['no recon', ['tributary', 'dlq', 'causes', '--url', 'http://127.0.0.1:1'], 3, /does not answer/],
  ['no stack', ['tributary', 'rebuild', 'ledger', '--target', 'kinetic-main'], 1, /No stack runs here.*npm start -- --detach --no-demo/],
  ['no such fault', ['sim', '--seed', '1', '--fault', 'nothing'], 2, /there is no such fault/],
  ['no such row', ['bench', '--only', 'nothing'], 2, /there is no row "nothing"/],
  ['no such check', ['test', '--only', 'nothing'], 1, /no check is called "nothing"/],
  ['no such part', ['logs', 'nothing'], 1, /There are no logs/],
  ['no such folder', ['start', '--assets', 'nowhere'], 1, /there is no folder .*nowhere/],
  ['an unreadable value', ['tributary', 'dlq', 'dry-run', 'x', '--value', 'nowhere.json'], 2, /cannot be read \(ENOENT\)/],
] as const)('%s: one sentence, an exit code, no stack trace', async (_name, args, code, sentence) => {
  const ended = await run(args);
  expect(ended.stdout + ended.stderr).toMatch(sentence);
  expect(ended.stdout + ended.stderr).not.toMatch(stackTrace);
  expect(ended.code).toBe(code);
});

it('books no demo day in a real target', async () => {
  const kinetic = {
    KINETIC_URL: 'https://erp.example.test/k',
    KINETIC_COMPANY: 'A',
    KINETIC_USER: 'u',
    KINETIC_PASSWORD: 'p',
    KINETIC_API_KEY: 'k',
  };
  const ended = await run(['start', '--detach'], kinetic);
  expect(ended.code).toBe(1);
  expect(ended.stdout + ended.stderr).toContain('KINETIC_URL is set: the demo day would book invented payments there.');
});
