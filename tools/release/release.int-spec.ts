import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root as workspace } from '../contracts/workspace.js';
import { makeRelease } from './make.js';
import { verifyRelease } from './verify.js';

/** A clone with what a release is made of, and nothing else. */
let root: string;
let out: string;
const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], { cwd: root, encoding: 'utf8' });
const { version } = JSON.parse(readFileSync(join(workspace, 'package.json'), 'utf8')) as { version: string };
const make = (isDry: boolean): { readonly files: readonly string[] } => makeRelease({ root, out, isDry, privateKey: undefined });

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'release-root-'));
  out = mkdtempSync(join(tmpdir(), 'release-out-'));
  for (const file of ['package.json', 'package-lock.json', 'deploy/helm/tributary', 'deploy/helm/tributary-strimzi'])
    cpSync(join(workspace, file), join(root, file), { recursive: true });
  writeFileSync(join(root, 'CHANGELOG.md'), `# Changelog\n\n## ${version}\n`);
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'what is released');
});
afterEach(() => [root, out].forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const sums = (): string => readFileSync(join(out, 'SHA256SUMS'), 'utf8');

it('makes the same files of one commit each time, and they verify; charts are packed as helm reads them', () => {
  const { files } = make(true);
  expect(files).toHaveLength(6);
  const first = sums();
  make(true);
  expect(sums()).toBe(first);
  expect(verifyRelease(out, undefined)).toMatchObject({ problems: [], files: 4, version, commit: git('rev-parse', 'HEAD').trim() });
  expect(execFileSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: out, encoding: 'utf8' })).toBe('');
  const chart = execFileSync('tar', ['-tzf', join(out, `tributary-chart-${version}.tgz`)], { encoding: 'utf8' });
  expect(chart.split('\n')).toEqual(expect.arrayContaining(['tributary/Chart.yaml', 'tributary/values.yaml']));
}, 60_000);

it('releases only a commit with a tag, a heading in the changelog and charts of the same version', () => {
  git('tag', `v${version}`);
  expect(make(false).files).toHaveLength(6);
  writeFileSync(join(root, 'CHANGELOG.md'), '# Changelog\n\n## Unreleased\n');
  expect(() => make(false)).toThrow(/changes that are not committed\n {2}CHANGELOG\.md has no heading/);
  git('commit', '--quiet', '--all', '--message', 'not released');
  expect(() => make(false)).toThrow(new RegExp(`no heading "## ${version}"\\n {2}the commit has no tag v${version}`));
}, 60_000);
