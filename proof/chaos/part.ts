import { readdirSync, readFileSync } from 'node:fs';
import type { Child } from '@tributary/local-stack';
import { identityOf, signalProcess } from '@tributary/local-stack';
import type { Victim } from './plan.js';

/** A process that exited without being told to. */
export interface UnexpectedExit {
  readonly part: Victim;
  readonly at: Date;
  readonly code: number | null;
  readonly signal: string | null;
}

/** How one part of the system is started and watched. */
export interface PartOptions {
  readonly name: Victim;
  start(): Promise<Child>;
  ready(child: Child): Promise<void>;
  /** Time between SIGTERM and SIGKILL, ms. */
  readonly graceMs: number;
  /** Called before every start but the first, while the process is not running. */
  beforeRestart?(): Promise<void>;
  onUnexpectedExit(end: UnexpectedExit): void;
}

/** Delay before a process that exited is started again, as a platform does, ms. */
const restartDelayMs = 1_000;

/** One process of the system. When it exits without being told to, it is reported and started again, as a platform would. */
export class Part {
  readonly name: Victim;
  private child: Child | undefined;
  private wanted = false;
  private generation = 0;

  constructor(private readonly options: PartOptions) {
    this.name = options.name;
  }

  /** Starts the process; does not wait until it is ready. */
  async start(): Promise<void> {
    if (this.child && !this.child.exit) return;
    this.wanted = true;
    this.generation += 1;
    if (this.generation > 1) await this.options.beforeRestart?.();
    const child = await this.options.start();
    this.child = child;
    void child.exited.then(({ code, signal }) => {
      if (!this.wanted || this.child !== child) return;
      this.options.onUnexpectedExit({ part: this.name, at: new Date(), code, signal });
      setTimeout(() => {
        // If it cannot be started now, `heal` of the system starts it.
        if (this.wanted && this.child === child) this.start().catch(() => undefined);
      }, restartDelayMs);
    });
  }

  /** Waits until it is ready, also across unexpected exits. @throws the error of its probe after `timeoutMs`. */
  async ready(timeoutMs: number): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const child = this.child;
      try {
        if (!child) throw new Error(`${this.name} was not started`);
        return await this.options.ready(child);
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await new Promise((resolve) => setTimeout(resolve, restartDelayMs));
      }
    }
  }

  /** SIGKILL: no graceful shutdown. */
  async kill(): Promise<void> {
    this.wanted = false;
    await this.child?.kill9();
  }

  /** SIGTERM, then SIGKILL when the graceful shutdown takes too long. */
  async stop(): Promise<void> {
    this.wanted = false;
    await this.child?.stop(this.options.graceMs);
  }

  /** SIGSTOP for the process and its children: connections stay open and nothing answers. */
  freeze(): void {
    this.signalAll('SIGSTOP');
  }

  /** SIGCONT. */
  thaw(): void {
    this.signalAll('SIGCONT');
  }

  private signalAll(signal: 'SIGSTOP' | 'SIGCONT'): void {
    const child = this.child;
    if (!child || child.exit) return;
    child.signal(signal);
    // PostgreSQL's backends lead sessions of their own.
    for (const pid of childrenOf(child.identity.pid)) {
      const identity = identityOf(pid);
      if (identity) signalProcess(identity, signal);
    }
  }
}

/** Direct children, from /proc (proc(5): the parent is the second field after the command). */
function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
      } catch {
        return false; // it has just ended
      }
    });
}
