import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { visibleText } from '@tributary/domain';
import { jsonOf, UsageError } from './arguments.js';

/** JSON of a file, or as the user leaves it in an editor. @throws {UsageError} when it is not JSON or the editor gives up. */
export function editedValue(value: unknown, file: string | undefined, env: NodeJS.ProcessEnv): unknown {
  if (file !== undefined) return jsonOf(file, readText(file));
  const editor = env.VISUAL ?? env.EDITOR;
  if (!editor) throw new UsageError('There is no editor: set EDITOR, or give the value with --value file.json.');
  const folder = mkdtempSync(join(tmpdir(), 'tributary-'));
  const path = join(folder, 'dead-letter.json');
  try {
    // For one person's eyes: it may hold names and amounts.
    // Characters that an editor would obey or hide are written out; the JSON is the same.
    writeFileSync(path, `${visibleText(JSON.stringify(value, undefined, 2), 'kept')}\n`, { mode: 0o600 });
    // EDITOR may have arguments ("code --wait"), so it is a command line.
    const { status, error } = spawnSync('sh', ['-c', `${editor} "$1"`, 'sh', path], { stdio: 'inherit' });
    if (error || status !== 0)
      throw new UsageError(`The editor "${editor}" ended with ${error?.message ?? `exit code ${status}`}; nothing was changed.`);
    return jsonOf('the edited value', readFileSync(path, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`--value ${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}
