import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheDir, copyWorkspace } from '@tributary/local-stack';
import type { Seed } from './checks.js';

/** A copy of the checkout in which holes are opened: third-party packages are linked, our own are those of the copy. */
export class SeededCopy {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'tributary-holes-')));

  constructor() {
    copyWorkspace(this.root);
    if (!existsSync(cacheDir)) return;
    mkdirSync(join(this.root, '.tributary'));
    symlinkSync(cacheDir, join(this.root, '.tributary', 'cache')); // downloads of the local stack
  }

  /** Compiles what changed, for tests that start programs. */
  build(): void {
    execFileSync(process.execPath, ['tools/build.mjs'], { cwd: this.root, stdio: 'ignore' });
  }

  /** Replaces texts that occur once each, for as long as `work` takes. */
  with<Result>({ file, find, replace, also }: Pick<Seed, 'file' | 'find' | 'replace' | 'also'>, work: () => Result): Result {
    const path = join(this.root, file);
    const before = readFileSync(path, 'utf8');
    const edits = [{ find, replace }, ...also];
    writeFileSync(
      path,
      edits.reduce((text, edit) => text.replace(edit.find, () => edit.replace), before),
    );
    try {
      return work();
    } finally {
      writeFileSync(path, before);
    }
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
