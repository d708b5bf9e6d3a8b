import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../contracts/workspace.js';
import { importedPackages, unusedPackages } from './unused-packages.js';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, unknown>
>;

it('declares no package that nobody uses', () => {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx', '*.mjs'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const sources = files
    .trim()
    .split('\n')
    .filter((file) => existsSync(join(root, file)))
    .map((file) => readFileSync(join(root, file), 'utf8'));
  expect(unusedPackages(Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }), sources)).toEqual([]);
});

it('finds a package that is imported nowhere', () => {
  const declared = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies, 'left-over': '1.0.0' });
  expect(unusedPackages(declared, [])).toContain('left-over is imported nowhere');
  expect([...importedPackages(`import a from '@x/y/z'; const b = await import("b/c"); export * from './own.js';`)]).toEqual(['@x/y', 'b']);
});
