import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { workspaceRoot } from './workspace.js';

const readyWithinMs = 60_000;
const stopWithinMs = 20_000;

/** A loopback port that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

export interface ServiceProcessOptions {
  readonly name: string;
  /** Compiled entry point, from the root of the repository. */
  readonly entry: string;
  readonly env: Readonly<Record<string, string>>;
  /** Answers 200 when the process can work. */
  readonly readyUrl: string;
  /** Where stdout and stderr are kept. */
  readonly logFile: string;
}

/** One service or emulator as a process of its own, so that it can be killed like one. */
export class ServiceProcess {
  private child: ChildProcess | undefined;

  constructor(readonly options: ServiceProcessOptions) {}

  /** Starts it and waits until it is ready. @throws when it ends or is not ready in time, with the end of its log. */
  async start(): Promise<void> {
    mkdirSync(dirname(this.options.logFile), { recursive: true });
    const log = createWriteStream(this.options.logFile, { flags: 'a' });
    const child = spawn(process.execPath, ['--enable-source-maps', join(workspaceRoot, this.options.entry)], {
      cwd: workspaceRoot,
      env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...this.options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    child.stdout.pipe(log);
    child.stderr.pipe(log);
    await this.ready(child);
  }

  private async ready(child: ChildProcess): Promise<void> {
    const deadline = Date.now() + readyWithinMs;
    while (Date.now() < deadline) {
      if (child.exitCode !== null)
        throw new Error(`${this.options.name} ended with ${child.exitCode} before it was ready:\n${this.logTail()}`);
      if (await answersOk(this.options.readyUrl)) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`${this.options.name} was not ready within ${readyWithinMs} ms (${this.options.readyUrl}):\n${this.logTail()}`);
  }

  /** SIGKILL: no drain, no goodbye. */
  async kill9(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** SIGTERM, and SIGKILL when it does not drain in time. @returns the exit code, null after a SIGKILL. */
  async stop(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
    await gone;
    clearTimeout(timer);
    return child.exitCode;
  }

  logTail(lines = 30): string {
    try {
      return readFileSync(this.options.logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
    } catch {
      return '(no log)';
    }
  }
}

async function answersOk(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}
