import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';

/** Output of a rebuild command. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly tookMs: number;
}

/** The rebuild commands of the services, as processes of their own. */
export class RebuildCommands {
  constructor(private readonly env: Readonly<Record<string, string>>) {}

  /** Runs a rebuild command once. @param killAt kills it with -9 as soon as its progress matches. */
  run(
    args: readonly string[],
    { killAt, service = 'erp-sink' }: { readonly killAt?: RegExp; readonly service?: 'erp-sink' | 'recon' } = {},
  ): Promise<Run> {
    const startedAt = Date.now();
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [join(workspaceRoot, 'services', service, 'dist/rebuild/main.js'), ...args], {
        cwd: workspaceRoot,
        env: { PATH: process.env.PATH ?? '', ...this.env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => {
        stderr += chunk.toString();
        if (killAt?.test(stderr)) child.kill('SIGKILL');
      });
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, stdout, stderr, tookMs: Date.now() - startedAt }));
    });
  }

  /** Rebuilds something of the sink, and has to succeed. @returns its output with --json. */
  async sink<Result>(what: 'ledger' | 'xref' | 'digest'): Promise<Result> {
    return this.result<Result>(what, 'erp-sink');
  }

  /** Rebuilds something of recon, and has to succeed. @returns its output with --json. */
  async recon<Result>(what: 'views' | 'digest'): Promise<Result> {
    return this.result<Result>(what, 'recon');
  }

  private async result<Result>(what: string, service: 'erp-sink' | 'recon'): Promise<Result> {
    const { code, stdout, stderr } = await this.run([what, '--json'], { service });
    if (code !== 0) throw new Error(`rebuild ${what} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout) as Result;
  }
}
