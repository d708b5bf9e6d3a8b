import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Seed } from './checks.js';

/** A copy of the checkout in which holes are opened: third-party packages are linked, our own are those of the copy. */
export class SeededCopy {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'tributary-holes-')));

  constructor(original: string) {
    const list = ['ls-files', '--cached', '--others', '--exclude-standard'];
    const files = execFileSync('git', list, { cwd: original, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
      .trim()
      .split('\n');
    for (const file of files.filter((name) => existsSync(join(original, name)))) {
      mkdirSync(dirname(join(this.root, file)), { recursive: true });
      cpSync(join(original, file), join(this.root, file));
    }
    mkdirSync(join(this.root, 'node_modules', '@tributary'), { recursive: true });
    for (const name of readdirSync(join(original, 'node_modules')))
      if (name !== '@tributary') symlinkSync(join(original, 'node_modules', name), join(this.root, 'node_modules', name));
    for (const manifest of files.filter((file) => file.endsWith('/package.json'))) {
      const { name = '' } = JSON.parse(readFileSync(join(this.root, manifest), 'utf8')) as { name?: string };
      if (name.startsWith('@tributary/')) symlinkSync(join(this.root, dirname(manifest)), join(this.root, 'node_modules', name));
    }
    const cache = join(original, '.tributary', 'cache'); // downloads of the local stack
    if (existsSync(cache)) {
      mkdirSync(join(this.root, '.tributary'));
      symlinkSync(cache, join(this.root, '.tributary', 'cache'));
    }
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
