import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { anchorLine, anchorsIn } from '../decide/anchor.js';
import type { Anchor, AnchorFile } from '../decide/anchor.js';

/** Reads an anchor file; empty when there is none yet. @throws Error of the file system for any other problem. */
export function readAnchorFile(path: string): AnchorFile {
  try {
    return anchorsIn(readFileSync(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { anchors: [], unreadable: [] };
    throw error;
  }
}

/**
 * Appends an anchor and returns once the disk has it. The file is only ever appended to, so it can lie where nobody may change it: on a
 * volume of its own, or with the attribute append-only.
 */
export function appendAnchor(path: string, anchor: Anchor): void {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'a', 0o600);
  try {
    writeSync(file, `${endsWithin(path) ? '\n' : ''}${anchorLine(anchor)}`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Whether a crash left a last line without its line feed: the next anchor begins a line of its own. */
function endsWithin(path: string): boolean {
  const text = readFileSync(path, 'utf8');
  return text !== '' && !text.endsWith('\n');
}
