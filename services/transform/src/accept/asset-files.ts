import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { compileAssets, formatProblem, needsSharedFlows, sharedFolder } from '@tributary/mapping';
import type { AssetBundle, AssetFile } from '@tributary/mapping';
import { ConfigurationError } from '@tributary/platform';

/**
 * Reads and compiles all assets below a folder.
 * @param targets targets of this installation; without it those whose profile is active.
 * @throws {ConfigurationError} listing every problem of every file as `path:line:column: ...`, so that a single start shows all of them.
 */
export function loadAssets(folder: string, targets?: readonly string[]): AssetBundle {
  const files = assetFiles(folder);
  if (files.length === 0) throw new ConfigurationError([`TRIBUTARY_ASSETS_DIR: there is no .yaml or .csv file below ${folder}`]);
  const compiled = compileAssets(files, undefined, targets);
  if (!compiled.ok) throw new ConfigurationError(compiled.problems.map(formatProblem));
  if (compiled.bundle.targets.length === 0) throw new ConfigurationError([nobody(folder, targets)]);
  return compiled.bundle;
}

/** Why nothing would ever be posted. */
function nobody(folder: string, targets: readonly string[] | undefined): string {
  return targets === undefined
    ? `TRIBUTARY_ASSETS_DIR: no profile below ${folder} is active; name its target in TRIBUTARY_TARGETS, or take out "active: false"`
    : `TRIBUTARY_TARGETS is ${targets.join(', ')}, and no profile below ${folder} is for any of them`;
}

/** The assets of a folder. The folder of a single kind of target has no shared flows; they are read from the folder next to it. */
function assetFiles(folder: string): AssetFile[] {
  const own = filesBelow(folder);
  const shared = join(folder, '..', sharedFolder);
  return needsSharedFlows(own) && existsSync(shared) ? [...own, ...filesBelow(shared)] : own;
}

/** Assets with paths relative to the working directory of the service. Other files (a README) are not assets. */
function filesBelow(folder: string): AssetFile[] {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch (error) {
    throw new ConfigurationError([
      `TRIBUTARY_ASSETS_DIR: ${folder} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
    ]);
  }
  return names
    .filter((name) => /\.(yaml|yml|csv)$/.test(name))
    .sort()
    .map((name) => ({ path: relative(process.cwd(), join(folder, name)), text: readFileSync(join(folder, name), 'utf8') }));
}
