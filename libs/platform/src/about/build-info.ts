import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';

/** What a build says about itself. */
export interface BuildInfo {
  readonly version: string;
  /** Null where neither the image nor a checkout tells. */
  readonly commit: string | null;
  /** SPDX expression. */
  readonly licence: string;
  /** File with the bill of materials; undefined: none is beside this build. */
  readonly billOfMaterials: string | undefined;
}

const commitPattern = /^[0-9a-f]{40}$/;
const billNames = ['sbom.cdx.json', join('.tributary', 'sbom.cdx.json')];

/** Reads what the folder of a release or of a checkout says. Never throws: what cannot be read is not known. @param root folder with the package.json of the product. */
export function buildInfo(root: string): BuildInfo {
  const { version, license } = jsonIn(join(root, 'package.json'));
  return {
    version: typeof version === 'string' ? version : 'not known',
    licence: typeof license === 'string' ? license : 'not known',
    commit: commitOf(root) ?? null,
    billOfMaterials: billNames.map((name) => join(root, name)).find((path) => existsSync(path)),
  };
}

/** The commit that a checkout stands at. */
function commitOf(root: string): string | undefined {
  const git = gitFolder(join(root, '.git'));
  const head = git && textIn(join(git, 'HEAD'));
  if (!git || !head) return undefined;
  if (commitPattern.test(head)) return head;
  const name = head.replace(/^ref: /, '');
  if (!/^refs\/[\w./-]+$/.test(name) || name.includes('..')) return undefined;
  const common = resolve(git, textIn(join(git, 'commondir')) ?? '.');
  const packed = (): string | undefined =>
    textIn(join(common, 'packed-refs'))
      ?.split('\n')
      .find((line) => line.endsWith(` ${name}`))
      ?.slice(0, 40);
  const commit = textIn(join(git, name)) ?? textIn(join(common, name)) ?? packed();
  return commit !== undefined && commitPattern.test(commit) ? commit : undefined;
}

/** Of a worktree, `.git` is a file that names the folder. */
function gitFolder(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return undefined;
  if (stat.isDirectory()) return path;
  const named = textIn(path)?.replace(/^gitdir: /, '');
  return named === undefined ? undefined : isAbsolute(named) ? named : resolve(dirname(path), named);
}

function textIn(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function jsonIn(path: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(textIn(path) ?? '{}') as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
