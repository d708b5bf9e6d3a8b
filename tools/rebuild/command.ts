import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../contracts/workspace.js';

const help = `tributary rebuild: what is derived, made again (docs/runbooks/rebuild.md)

  ledger --target <target>   the posting ledger of a target, from topics and look-ups in the ERP
  xref   --target <target>   its cross-reference topics, from the ledger
  views  [--forget-expired]  the views of recon, from topics
  digest --target <target>   digests of ledger and cross-references; changes nothing
  views-digest               digest of the views; changes nothing

  --json                     the answer as JSON, for programs

The service concerned has to be stopped; its environment is read. Exit codes: 0 done, 1 refused, failed or not configured, 2 not understood.`;

const services: Readonly<Record<string, readonly [service: string, what: string]>> = {
  ledger: ['erp-sink', 'ledger'],
  xref: ['erp-sink', 'xref'],
  digest: ['erp-sink', 'digest'],
  views: ['recon', 'views'],
  'views-digest': ['recon', 'digest'],
};

/** `tributary rebuild ...`: hands over to the command of the service that owns the state. @returns the exit code. */
export async function rebuild(args: readonly string[]): Promise<number> {
  const [what = '', ...rest] = args;
  const service = services[what];
  if (!service) {
    process.stderr.write(`${help}\n`);
    return what === '' || what === '--help' ? 0 : 2;
  }
  const entry = join(root, 'services', service[0], 'dist', 'rebuild', 'main.js');
  const child = spawn(process.execPath, ['--enable-source-maps', entry, service[1], ...rest], { stdio: 'inherit' });
  const wait = (): void => undefined; // Ctrl-C reaches the child directly; this process only waits for what it says
  const pass = (): boolean => child.kill('SIGTERM');
  process.on('SIGINT', wait).on('SIGTERM', pass);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
