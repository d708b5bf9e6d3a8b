import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';

/** `0A` in /proc/net/tcp is TCP_LISTEN (proc_net_tcp documentation of the Linux kernel). */
const listening = '0A';

/**
 * Who listens on a loopback port: undefined when it is free. Without root the owner of another user's socket is not visible, and
 * without /proc none is; then only `port` is known.
 *
 * @param {number} port
 * @returns {Promise<{ port: number, pid?: number, command?: string } | undefined>}
 */
export async function portOwner(port) {
  if (await isFree(port)) return undefined;
  const inodes = listeningInodes(port);
  if (inodes.size === 0) return { port };
  for (const pid of processIds()) {
    if (holdsSocket(pid, inodes)) return { port, pid, command: commandOf(pid) };
  }
  return { port };
}

/** @param {number} port @returns {Promise<boolean>} */
function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

function listeningInodes(port) {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const inodes = new Set();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readLines(table).slice(1)) {
      const fields = line.trim().split(/\s+/);
      if (fields[3] === listening && fields[1]?.endsWith(wanted)) inodes.add(`socket:[${fields[9]}]`);
    }
  }
  return inodes;
}

function readLines(file) {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n');
  } catch {
    return [];
  }
}

function processIds() {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

function holdsSocket(pid, inodes) {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => {
      try {
        return inodes.has(readlinkSync(`/proc/${pid}/fd/${fd}`));
      } catch {
        return false; // closed meanwhile
      }
    });
  } catch {
    return false; // another user's process
  }
}

const shownCharacters = 120;

/** The command line, cut short and without what looks like a credential: it is printed. */
function commandOf(pid) {
  const line = readLines(`/proc/${pid}/cmdline`).join(' ').split('\0').filter(Boolean).join(' ');
  const harmless = line.replaceAll(/((?:password|secret|token|key)[^\s=]*[=\s])\S+/gi, '$1***');
  return harmless.length > shownCharacters ? `${harmless.slice(0, shownCharacters)}...` : harmless;
}
