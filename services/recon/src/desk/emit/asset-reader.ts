import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileAssets, formatProblem, needsSharedFlows, sharedFolder } from '@tributary/mapping';
import type { AssetBundle, AssetFile } from '@tributary/mapping';

export const ASSETS_DIR = Symbol('AssetsDir');

export type ReadAssets = { readonly ok: true; readonly bundle: AssetBundle } | { readonly ok: false; readonly text: string };

/**
 * The assets as they are in the folder now: a dry run shows what a corrected mapping would do before anything runs with it.
 * @param folder undefined: this recon was given none.
 */
export function readAssets(folder: string | undefined): ReadAssets {
  if (folder === undefined) return { ok: false, text: 'TRIBUTARY_ASSETS_DIR is not set for recon' };
  try {
    const own = filesBelow(folder);
    const shared = join(folder, '..', sharedFolder);
    // The folder of one kind of target alone brings the shared flows beside it.
    const compiled = compileAssets(needsSharedFlows(own) && existsSync(shared) ? [...own, ...filesBelow(shared)] : own);
    return compiled.ok ? compiled : { ok: false, text: compiled.problems.map(formatProblem).join('; ') };
  } catch (error) {
    return { ok: false, text: `TRIBUTARY_ASSETS_DIR cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})` };
  }
}

function filesBelow(folder: string): AssetFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(yaml|yml|csv)$/.test(name))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
}
