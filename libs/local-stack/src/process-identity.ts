import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Identifies one process: process ids are reused, a pair of id and start time is not. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks since boot (Linux) or `ps` start date (macOS). Opaque: only compared. */
  readonly startTime: string;
}

const procFs = existsSync('/proc/self/stat');

/** Start time of a running process; `undefined` when there is none, or only a zombie that its parent has not reaped. */
export function startTimeOf(pid: number): string | undefined {
  if (!procFs) return startTimeByPs(pid);
  try {
    return startTimeIn(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * @param stat content of `/proc/<pid>/stat` (proc(5)).
 * @returns start time, clock ticks since boot; `undefined` when the process has ended. A killed process with many threads becomes a zombie
 *   with its first thread but holds its ports until the last one is gone: until then it counts as running.
 */
export function startTimeIn(stat: string): string | undefined {
  // Fields after the command, which is in parentheses and may itself contain spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, threads] = [fields[0], Number(fields[17])];
  const ended = state === 'X' || (state === 'Z' && threads <= 1);
  return ended ? undefined : fields[19];
}

function startTimeByPs(pid: number): string | undefined {
  try {
    return (
      execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() ||
      undefined
    );
  } catch {
    return undefined;
  }
}

/** Identity of a running process, or `undefined`. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  const startTime = startTimeOf(pid);
  return startTime === undefined ? undefined : { pid, startTime };
}

/** Whether exactly that process still runs. */
export function isAlive(identity: ProcessIdentity): boolean {
  return startTimeOf(identity.pid) === identity.startTime;
}

/** Whether every thread of a process stands still after SIGSTOP, which reaches them one by one. Without /proc nobody can tell: true. */
export function isStopped({ pid }: ProcessIdentity): boolean {
  if (!procFs) return true;
  try {
    return readdirSync(`/proc/${pid}/task`).every((thread) => {
      const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
      return stat.slice(stat.lastIndexOf(')') + 2).startsWith('T');
    });
  } catch {
    return false; // a thread has just ended
  }
}

/**
 * Processes whose environment at start holds `name=value`. Linux only; elsewhere the result is empty, and callers depend on the
 * identities they recorded.
 */
export function processesMarked(name: string, value: string): ProcessIdentity[] {
  if (!procFs) return [];
  const mark = `${name}=${value}`;
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .flatMap((entry) => {
      try {
        if (!readFileSync(`/proc/${entry}/environ`, 'utf8').split('\0').includes(mark)) return [];
      } catch {
        return []; // another user's process, or it has just ended
      }
      return identityOf(Number(entry)) ?? [];
    });
}

/** Sends a signal to exactly that process, to its whole group when it leads one. Does nothing when the process has ended. */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): void {
  if (!isAlive(identity)) return;
  for (const target of [-identity.pid, identity.pid]) {
    try {
      process.kill(target, signal);
      return;
    } catch {
      // ESRCH: it leads no group, or it has just ended.
    }
  }
}
