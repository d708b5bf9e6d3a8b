import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { workspaceRoot } from './workspace.js';

const readyWithinMs = 60_000;
const stopWithinMs = 20_000;

/** How a service or emulator is started as a process. */
export interface ServiceProcessOptions {
  readonly name: string;
  /** Compiled entry point, from the root of the repository. */
  readonly entry: string;
  readonly env: Readonly<Record<string, string>>;
  /** URL that answers 200 when the process is ready. */
  readonly readyUrl: string;
  /** File to which stdout and stderr are appended. */
  readonly logFile: string;
}

/** One service or emulator as a process that a proof can kill and start again. */
export class ServiceProcess {
  private child: ChildProcess | undefined;

  constructor(readonly options: ServiceProcessOptions) {}

  /** Starts the process and waits until it is ready. @throws when it ends or is not ready in time, with the end of its log. */
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

  /** SIGKILL: no graceful shutdown. */
  async kill9(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** SIGTERM, then SIGKILL when the graceful shutdown takes too long. @returns the exit code, null after a SIGKILL. */
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

  /** The last lines of the log, for error messages. */
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
