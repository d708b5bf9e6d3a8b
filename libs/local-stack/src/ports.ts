import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The ports that are handed out: below those that operating systems give to outgoing connections (Linux from 32768, others from 49152),
 * so that no client of another process sits on one between the choice and its use, and above most services of a machine.
 */
export const portRange = { first: 20_000, last: 32_000 } as const;

/** Where processes of this machine note which ports they chose, so that two that choose at the same time do not choose the same. */
const notes = join(tmpdir(), 'tributary-ports');
let own: number[] | undefined;

/**
 * Free loopback ports, all different, kept from other callers of this function until this process ends.
 * @param count how many, at most a few hundred.
 * @throws Error when the range has no free port left.
 */
export async function freePorts(count: number): Promise<number[]> {
  const size = portRange.last - portRange.first;
  const begin = Math.floor(Math.random() * size);
  const chosen: number[] = [];
  for (let step = 0; step < size && chosen.length < count; step += 1) {
    const port = portRange.first + ((begin + step) % size);
    if (!note(port)) continue;
    if (await isFree(port)) chosen.push(port);
    else release([port]);
  }
  if (chosen.length < count)
    throw new Error(
      `choosing ports: ${count} free ones are needed between ${portRange.first} and ${portRange.last}, found ${chosen.length}`,
    );
  return chosen;
}

/** Notes a port as this process's own; false when a process that still runs has noted it. */
function note(port: number): boolean {
  mkdirSync(notes, { recursive: true });
  const path = join(notes, String(port));
  try {
    write(path);
  } catch {
    if (isHeld(path)) return false;
    rmSync(path, { force: true });
    try {
      write(path);
    } catch {
      return false; // another process was quicker
    }
  }
  if (!own) {
    own = [];
    process.once('exit', () => release([...(own ?? [])]));
  }
  own.push(port);
  return true;
}

function write(path: string): void {
  const file = openSync(path, 'wx');
  writeSync(file, String(process.pid));
  closeSync(file);
}

/** Whether the process that wrote a note still runs; a note that cannot be read counts as held. */
function isHeld(path: string): boolean {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    if (!Number.isInteger(pid) || pid <= 0) return true; // being written
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH' && (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

function release(ports: readonly number[]): void {
  for (const port of ports) rmSync(join(notes, String(port)), { force: true });
  own = own?.filter((port) => !ports.includes(port));
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
