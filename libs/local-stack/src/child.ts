import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { guard } from './guard.js';
import { identityOf, isStopped, signalProcess } from './process-identity.js';
import type { ProcessIdentity } from './process-identity.js';
import { StackError } from './stack-error.js';

/** How a child process is started. */
export interface ChildOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Absolute path; standard output and error are appended to it. */
  readonly logFile: string;
  readonly uid?: number;
  readonly gid?: number;
}

/** How a process ended; one of the two is null. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** How many lines of a log an error message quotes. */
const quotedLines = 15;

/**
 * A child process in a session of its own, so that Ctrl-C in the terminal does not reach it. It ends with this process at the latest
 * (guard.ts) and writes to a log file.
 */
export class Child {
  readonly identity: ProcessIdentity;
  readonly exited: Promise<Exit>;
  exit: Exit | undefined;

  private constructor(
    readonly options: ChildOptions,
    readonly process: ChildProcess,
    identity: ProcessIdentity,
  ) {
    this.identity = identity;
    this.exited = new Promise((resolve) => {
      process.once('exit', (code, signal) => {
        this.exit = { code, signal };
        guard.drop(identity);
        resolve(this.exit);
      });
    });
  }

  /** @throws StackError when the command cannot be started at all. */
  static async start(options: ChildOptions): Promise<Child> {
    mkdirSync(dirname(options.logFile), { recursive: true });
    const log = openSync(options.logFile, 'a');
    try {
      const child = spawn(options.command, [...options.args], {
        cwd: options.cwd,
        env: options.env as NodeJS.ProcessEnv | undefined,
        uid: options.uid,
        gid: options.gid,
        detached: true,
        stdio: ['ignore', log, log],
      });
      await new Promise<void>((resolve, reject) => {
        child.once('spawn', () => resolve());
        child.once('error', reject);
      });
      child.on('error', () => undefined); // a signal could not be delivered; `exited` reports the end
      const identity = identityOf(child.pid as number) ?? { pid: child.pid as number, startTime: 'ended-at-once' };
      guard.add(identity);
      return new Child(options, child, identity);
    } catch (error) {
      throw new StackError('stack.not-started', `starting ${options.name} with ${options.command}: ${(error as Error).message}`, {
        cause: error,
      });
    } finally {
      closeSync(log);
    }
  }

  /** Sends a signal to the process group; does nothing once the process has ended. */
  signal(signal: NodeJS.Signals): void {
    if (!this.exit) signalProcess(this.identity, signal);
  }

  /** SIGSTOP. Resolves when it stands still. */
  async freeze(): Promise<void> {
    this.signal('SIGSTOP');
    while (!this.exit && !isStopped(this.identity)) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  /** SIGTERM, then SIGKILL after the grace period. Resolves when the process is gone. */
  async stop(graceMs: number): Promise<Exit> {
    if (this.exit) return this.exit;
    this.signal('SIGTERM');
    this.signal('SIGCONT'); // a stopped process would take the first signal only after it continues
    const timer = setTimeout(() => this.signal('SIGKILL'), graceMs);
    try {
      return await this.exited;
    } finally {
      clearTimeout(timer);
    }
  }

  /** SIGKILL. Resolves when the process is gone. */
  async kill9(): Promise<void> {
    this.signal('SIGKILL');
    await this.exited;
  }

  /** The last lines of the log, for error messages. */
  logTail(): string {
    if (!existsSync(this.options.logFile)) return '';
    return readFileSync(this.options.logFile, 'utf8').trimEnd().split('\n').slice(-quotedLines).join('\n');
  }

  /**
   * Calls `probe` until it returns true. A probe that throws counts as false.
   * @throws StackError when the process ends first or the time is over, with the end of its log.
   */
  async readyWhen(probe: () => Promise<boolean>, timeoutMs: number, everyMs = 100): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      if (this.exit) throw this.failure(`ended with ${this.exit.signal ?? `code ${this.exit.code}`} before it was ready`);
      if (await probe().catch(() => false)) return;
      if (Date.now() > deadline) throw this.failure(`was not ready within ${timeoutMs / 1000} s`);
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  }

  private failure(what: string): StackError {
    return new StackError(
      'stack.not-ready',
      `starting ${this.options.name}: it ${what}. The end of ${this.options.logFile}:\n${this.logTail()}`,
    );
  }
}
