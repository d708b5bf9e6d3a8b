import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { portOwner } from './port-owner.mjs';
import { portsFrom } from './ports.mjs';

/** Folders that a finished download leaves in .tributary/cache; the versions are those of libs/local-stack/src/artifacts.ts. */
const downloads = ['kafka-4.2.0', 'apicurio-registry-3.0.9'];

/** This machine, as the doctor sees it. @param {string} root workspace @returns {import('./doctor.mjs').Machine} */
export function thisMachine(root, { withPorts = true } = {}) {
  const disk = statfsSync(root);
  return {
    env: process.env,
    platform: process.platform,
    nodeVersion: process.version,
    freeBytes: disk.bavail * disk.bsize,
    memoryBytes: totalmem(),
    root,
    downloadsCached: downloads.every((name) => existsSync(join(root, '.tributary', 'cache', name))),
    ports: withPorts ? portsFrom(process.env) : {},
    portOwner,
    ownProcess: (pid) => carriesMark(pid, resolve(root, process.env.TRIBUTARY_STATE_DIR || '.tributary')),
  };
}

/** Whether a process belongs to the stack of this state folder: it carries TRIBUTARY_STACK=<folder> in its environment. */
function carriesMark(pid, state) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`TRIBUTARY_STACK=${state}`);
  } catch {
    return false;
  }
}
