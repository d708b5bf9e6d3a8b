import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import { commandOptions } from '../options.js';

/** Installs the Helm chart on a real Kubernetes and plays a merchant's day into it (run.sh says what it needs). `npm run proof:helm -- --help`. */
const { keep } = commandOptions({ keep: 'flag' });
const run = spawn('bash', [join(workspaceRoot, 'proof/helm/run.sh')], {
  stdio: 'inherit',
  env: { ...process.env, KEEP: keep ? 'yes' : '' },
});
run.once('error', (error) => {
  console.error(`proof:helm: bash cannot be started: ${error.message}`);
  process.exitCode = 1;
});
run.once('exit', (code) => {
  process.exitCode = code ?? 1;
});
