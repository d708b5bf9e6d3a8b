import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** A process for certain: process ids are reused, a pair of id and start time is not. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks since boot (Linux) or `ps` start date (macOS). Opaque: only compared. */
  readonly startTime: string;
}

const procFs = existsSync('/proc/self/stat');

/** Start time of a running process; `undefined` when there is none, or only a zombie that nobody has reaped yet. */
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
 * @returns start time, clock ticks since boot; `undefined` for what has ended. A killed process of many threads is a zombie as soon as
 *   its first thread is gone, and holds its ports until the last one is: until then it has not ended.
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

export function isAlive(identity: ProcessIdentity): boolean {
  return startTimeOf(identity.pid) === identity.startTime;
}

/**
 * Processes that carry `name=value` in the environment they were started with. Linux only; elsewhere empty, and the caller
 * is left with the identities that it wrote down.
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
        return []; // another user's, or gone meanwhile
      }
      return identityOf(Number(entry)) ?? [];
    });
}

/** Sends a signal once to exactly that process: to its group where it leads one, else to it alone. Quiet when it is gone. */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): void {
  if (!isAlive(identity)) return;
  for (const target of [-identity.pid, identity.pid]) {
    try {
      process.kill(target, signal);
      return;
    } catch {
      // ESRCH: it leads no group, or it ended between the look and the signal.
    }
  }
}
