import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './contracts/workspace.js';

/** Every generator with `--check`: a generated file that its sources would not give is a failure that says what to run. */
const generators = ['contracts/generate.js', 'docs/generate.js'];
const failed = generators.filter(
  (file) => spawnSync(process.execPath, [join(root, 'tools/dist', file), '--check'], { cwd: root, stdio: 'inherit' }).status !== 0,
);
process.exitCode = failed.length === 0 ? 0 : 1;
