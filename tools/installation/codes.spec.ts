import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anchorOf, installationCodes } from '@tributary/platform';
import { root } from '../contracts/workspace.js';
import { renderInstallationFindings } from './findings-page.js';

const specs = globSync('tools/installation/*.int-spec.ts', { cwd: root }).map((file) => readFileSync(join(root, file), 'utf8'));
const codes = Object.keys(installationCodes);

it.each(codes.filter((code) => code !== 'installation.passed'))('%s is seen with its fault and not without it', (code) => {
  const calls = specs.flatMap((spec) => [...spec.matchAll(/\bfault\(\s*'([a-z.-]+)'/g)].map(([, named]) => named));
  expect(calls).toContain(code);
});

it('explains every code under a heading of its own, that findings point to', () => {
  const headings = [...renderInstallationFindings().matchAll(/^## `(.+)`$/gm)].map(([, code = '']) => code);
  expect(headings).toEqual(codes);
  expect(new Set(codes.map(anchorOf)).size).toBe(codes.length);
});

it('says what to do about everything that is not well', () => {
  const silent = Object.entries(installationCodes).filter(([, { action }]) => action.length < 10);
  expect(silent.map(([code]) => code)).toEqual(['installation.passed']);
});
