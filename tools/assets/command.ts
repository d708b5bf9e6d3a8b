import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { checkAssets, needsSharedFlows, sharedFolder } from '@tributary/mapping';
import type { AssetFile, AssetFinding } from '@tributary/mapping';
import type { Understood } from '#commands/command-line.mjs';
import { root } from '../contracts/workspace.js';
import { typedIn } from '../stack/arguments.js';
import type { Environment } from '../stack/settings.js';

const isAsset = (path: string): boolean => /\.(yaml|yml|csv)$/.test(path);

/** `tributary assets check [<folder>] [--against <folder>] [--json]`. @returns exit code: 0 without errors, 1 with one. */
export function checkAssetsCommand(
  { arguments: [given], values }: Extract<Understood, { kind: 'run' }>,
  env: Environment,
  print: (text: string) => void = console.log,
): number {
  const from = typedIn(env);
  const folder = given !== undefined ? resolve(from, given) : resolve(from, env.TRIBUTARY_ASSETS_DIR || join(root, 'assets'));
  const files = assetFilesIn(folder, from);
  if (files.length === 0)
    throw new Error(`${folder} holds no .yaml and no .csv file. Give the folder that holds flows/, mappings/ and profiles/.`);
  const against = values.against?.at(-1) as string | undefined;
  const before = against === undefined ? earlierAssets(folder) : assetFilesIn(resolve(from, against), from);
  const findings = checkAssets(files, { before });
  const errors = findings.filter(({ level }) => level === 'error').length;
  print(
    values.json
      ? JSON.stringify({ folder, ok: errors === 0, findings })
      : [...findings.map(findingLine), summary(files, findings)].join('\n'),
  );
  return errors === 0 ? 0 : 1;
}

/** One line per cause; editors and terminals make a link of its place. */
export function findingLine({ level, path, line, column, message, alsoAt }: AssetFinding): string {
  const shown = alsoAt.slice(0, 3).join(', ');
  const more = alsoAt.length === 0 ? '' : ` (also spoils ${shown}${alsoAt.length > 3 ? ` and ${alsoAt.length - 3} more` : ''})`;
  return `${level.padEnd(7)} ${path}:${line}:${column}: ${message}${more}`;
}

function summary(files: readonly AssetFile[], findings: readonly AssetFinding[]): string {
  const count = (level: string): number => findings.filter((finding) => finding.level === level).length;
  const counted = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
  return `${counted(files.length, 'file')}: ${counted(count('error'), 'error')}, ${counted(count('warning'), 'warning')}`;
}

/**
 * The assets of a folder, with paths as the user would type them; that of one kind of target alone brings the shared flows beside it.
 * @throws Error when there is no such folder.
 */
export function assetFilesIn(folder: string, from: string): AssetFile[] {
  const own = filesBelow(folder, from);
  const shared = join(folder, '..', sharedFolder);
  return needsSharedFlows(own) && existsSync(shared) ? [...own, ...filesBelow(shared, from)] : own;
}

function filesBelow(folder: string, from: string): AssetFile[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new Error(`there is no folder ${folder}`);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(isAsset)
    .sort()
    .map((name) => ({ path: shownPath(join(folder, name), from), text: readFileSync(join(folder, name), 'utf8') }));
}

/** Relative to where the user is, or absolute outside of it. */
function shownPath(file: string, from: string): string {
  const path = relative(from, file);
  return path.startsWith('..') ? file : path;
}

/** The assets as the last commit has them; for a folder that git does not know, those that the project ships. */
function earlierAssets(folder: string): AssetFile[] {
  return committedAssets(folder) ?? assetFilesIn(join(root, 'assets'), root);
}

function committedAssets(folder: string): AssetFile[] | undefined {
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    if (!existsSync(folder)) return undefined;
    const names = git('ls-tree', '-r', '--name-only', 'HEAD', '.').split('\n').filter(isAsset);
    return names.length === 0 ? undefined : names.map((name) => ({ path: name, text: git('show', `HEAD:./${name}`) }));
  } catch {
    return undefined; // no repository, no commit, or no git
  }
}
