import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildInfo } from './build-info.js';

const commit = '0123456789abcdef0123456789abcdef01234567';
function folder(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'build-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(root, name, '..'), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}
const manifest = JSON.stringify({ version: '1.2.3', license: 'Apache-2.0' });

it.each([
  ['a branch', { '.git/HEAD': 'ref: refs/heads/main\n', '.git/refs/heads/main': `${commit}\n` }],
  ['a branch among packed refs', { '.git/HEAD': 'ref: refs/heads/main', '.git/packed-refs': `# packed\n${commit} refs/heads/main\n` }],
  ['no branch', { '.git/HEAD': commit }],
])('tells version, licence and the commit of a checkout of %s', (_what, files) => {
  expect(buildInfo(folder({ 'package.json': manifest, ...files }))).toEqual({
    ...{ version: '1.2.3', licence: 'Apache-2.0', commit, billOfMaterials: undefined },
  });
});

it('finds the commit of a worktree, and the bill of materials', () => {
  const root = folder({
    'package.json': manifest,
    'sbom.cdx.json': '{}',
    '.git': 'gitdir: ./main/.git/worktrees/one',
    'main/.git/worktrees/one/HEAD': 'ref: refs/heads/one',
    'main/.git/worktrees/one/commondir': '../..',
    'main/.git/refs/heads/one': commit,
  });
  expect(buildInfo(root)).toMatchObject({ commit, billOfMaterials: join(root, 'sbom.cdx.json') });
});

it.each([
  ['nothing', {}],
  ['odd files', { 'package.json': '{', '.git/HEAD': 'ref: ../../../etc/passwd' }],
])('knows nothing of a folder with %s', (_what, files) => {
  expect(buildInfo(folder(files))).toEqual({ version: 'not known', licence: 'not known', commit: null, billOfMaterials: undefined });
});
