import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { minimum } from '#doctor/doctor.mjs';

const root = join(import.meta.dirname, '../..');

/** A Node of this machine that may install the product and is too old to run it. */
function oldNode(): string | undefined {
  const found = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'node'));
  return found.filter(existsSync).find((node) => {
    const major = Number(/^v(\d+)/.exec(spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout)?.[1]);
    return major >= minimum.node && major < minimum.runtime;
  });
}

const node = oldNode();
if (!node) process.stderr.write(`Not run: there is no Node from ${minimum.node} to ${minimum.runtime - 1} on the PATH.\n`);

(node ? describe : describe.skip)('packages that were installed without their scripts, on an old Node', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'old-node-'));
    for (const part of ['bootstrap.mjs', 'build.mjs', 'build-page.mjs', 'package.json', 'commands', 'doctor'])
      cpSync(join(root, 'tools', part), join(folder, 'tools', part), { recursive: true });
    const installed = JSON.stringify({ packages: { '': {}, 'node_modules/x': { version: '1.0.0' } } });
    mkdirSync(join(folder, 'node_modules'));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
    writeFileSync(join(folder, 'package-lock.json'), installed);
    writeFileSync(join(folder, 'node_modules', '.package-lock.json'), installed);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['build', 'logs', 'docs:generate'])('%s says what to do, in a sentence', (command) => {
    const { status, stdout, stderr } = spawnSync(node ?? '', ['tools/bootstrap.mjs', command], { cwd: folder, encoding: 'utf8' });
    expect(stdout + stderr).toMatch(/The product runs on Node 24; this is v2\d\..*\n.*Run `npm ci --ignore-scripts=false`/);
    expect(stdout + stderr).not.toMatch(/SyntaxError|^\s+at /m);
    expect(status).toBe(1);
  });
});
