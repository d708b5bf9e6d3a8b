import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';

/** CPU and memory of a process and of nothing else, from /proc (proc(5)); NaN elsewhere. */
export interface Usage {
  /** User and system time so far, seconds. */
  readonly cpuS: number;
  readonly rssMiB: number;
}

const ticksPerSecond = 100; // USER_HZ of every Linux that Node runs on
const pageMiB = 4_096 / 2 ** 20;
const readyWithinMs = 60_000;

const unknownUsage: Usage = { cpuS: NaN, rssMiB: NaN };

function usageOf(pid: number): Usage {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { cpuS: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond, rssMiB: Number(fields[21]) * pageMiB };
  } catch {
    return unknownUsage;
  }
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return []; // a kernel without CONFIG_PROC_CHILDREN, or no /proc
  }
}

/** One process that is measured: a service of ours, or a peer. */
export class Subject {
  private child: ChildProcess | undefined;

  constructor(
    readonly name: string,
    private readonly command: readonly string[],
    private readonly env: Readonly<Record<string, string>>,
    private readonly options: { readonly cwd?: string; ready(): Promise<boolean> },
  ) {}

  async start(): Promise<void> {
    const logs = join(workspaceRoot, '.tributary', 'bench');
    mkdirSync(logs, { recursive: true });
    const log = openSync(join(logs, `${this.name}.log`), 'a'); // its own file, so that nobody else pays for its lines
    const [program, ...args] = this.command as [string, ...string[]];
    const child = spawn(program, args, {
      cwd: this.options.cwd ?? workspaceRoot,
      env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...this.env },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.child = child;
    const deadline = Date.now() + readyWithinMs;
    while (!(await this.options.ready().catch(() => false))) {
      if (child.exitCode !== null || Date.now() > deadline)
        throw new Error(`${this.name} did not get ready: see ${join('.tributary', 'bench', `${this.name}.log`)}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Of the process and of those that it started: the workers of a service. */
  usage(): Usage {
    const { pid } = this.child ?? {};
    if (pid === undefined) return unknownUsage;
    return [pid, ...childrenOf(pid)]
      .map(usageOf)
      .reduce((sum, { cpuS, rssMiB }) => ({ cpuS: sum.cpuS + cpuS, rssMiB: sum.rssMiB + rssMiB }));
  }

  /** Sends a signal that does not end it. */
  signal(name: NodeJS.Signals): void {
    this.child?.kill(name);
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await gone;
    clearTimeout(timer);
  }
}

/** Whether a URL answers with a good status. */
export function answers(url: string): () => Promise<boolean> {
  return async () => (await fetch(url, { signal: AbortSignal.timeout(1_000) })).ok;
}
