import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { workspaceRoot } from './workspace.js';

/** Most that the list of files may be long, bytes. */
const listLimitBytes = 64 * 1024 * 1024;

/**
 * Copies the files of the workspace that git knows or would take, into a folder that is empty or missing. The copy shares third-party packages with
 * the workspace by links; our own packages are linked to the copy, and the folder is the root of a repository of its own.
 * @param takes which files, by their path in the workspace; all unless it is given.
 */
export function copyWorkspace(copy: string, takes: (file: string) => boolean = () => true): void {
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const files = execFileSync('git', list, { cwd: workspaceRoot, encoding: 'utf8', maxBuffer: listLimitBytes })
    .split('\0')
    .filter((file) => file !== '' && existsSync(join(workspaceRoot, file)) && takes(file));
  for (const file of files) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    copyFileSync(join(workspaceRoot, file), join(copy, file));
  }
  const packages = join(copy, 'node_modules');
  mkdirSync(join(packages, '@tributary'), { recursive: true });
  for (const name of readdirSync(join(workspaceRoot, 'node_modules'))) {
    if (name !== '@tributary' && name !== '.cache') symlinkSync(join(workspaceRoot, 'node_modules', name), join(packages, name));
  }
  for (const manifest of files.filter((file) => file.endsWith('/package.json'))) {
    const { name } = JSON.parse(readFileSync(join(copy, manifest), 'utf8')) as { name?: string };
    if (name?.startsWith('@tributary/')) symlinkSync(join(copy, dirname(manifest)), join(packages, name));
  }
  execFileSync('git', ['init', '--quiet'], { cwd: copy }); // tools find the root and the ignore rules by it
}
