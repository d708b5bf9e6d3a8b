#!/usr/bin/env node
/**
 * Compiles every project's TypeScript to its `dist` with swc, only files that are newer than their output.
 * Types are not checked here: that is `npm run typecheck`. `node tools/build.mjs [--force]`
 */
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformFileSync } from '@swc/core';

const root = fileURLToPath(new URL('..', import.meta.url));
const force = process.argv.includes('--force');
const options = JSON.parse(readFileSync(join(root, '.swcrc'), 'utf8'));

/** Where a project's sources live and where its output goes. proof and tools have their sources at their root. */
const projects = [
  ...globSync('{libs/*,libs/connectors/*,services/*,emulators/*}/src', { cwd: root }).map((src) => ({
    src,
    dist: join(dirname(src), 'dist'),
  })),
  { src: 'proof', dist: 'proof/dist' },
  { src: 'tools', dist: 'tools/dist' },
];

let compiled = 0;
let current = 0;
for (const { src, dist } of projects) {
  if (force) rmSync(join(root, dist), { recursive: true, force: true });
  const files = globSync('**/*.ts', {
    cwd: join(root, src),
    exclude: (name) => name === 'node_modules' || name === 'dist' || name === 'web',
  });
  for (const file of files) {
    if (/\.(spec|int-spec|d)\.ts$/.test(file)) continue;
    const input = join(root, src, file);
    const output = join(root, dist, file.replace(/\.ts$/, '.js'));
    if (existsSync(output) && statSync(output).mtimeMs > statSync(input).mtimeMs) {
      current += 1;
      continue;
    }
    const { code, map } = transformFileSync(input, { ...options, swcrc: false, sourceFileName: relative(dirname(output), input) });
    mkdirSync(dirname(output), { recursive: true });
    writeFileSync(output, `${code}\n//# sourceMappingURL=${file.split('/').pop().replace(/\.ts$/, '.js.map')}\n`);
    if (map) writeFileSync(`${output}.map`, map);
    compiled += 1;
  }
}
if (compiled > 0) console.error(`build: ${compiled} files compiled, ${current} up to date`);
