import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileAssets, formatProblem, needsSharedFlows, sharedFolder } from '@tributary/mapping';
import type { AssetBundle, AssetFile } from '@tributary/mapping';

/** Injection token: folder of the assets. */
export const ASSETS_DIR = Symbol('AssetsDir');

/** Injection token: targets that are posted to; undefined: those whose profile is active. */
export const ASSET_TARGETS = Symbol('AssetTargets');

/** The compiled assets, or the reason why they could not be read. */
export type ReadAssets = { readonly ok: true; readonly bundle: AssetBundle } | { readonly ok: false; readonly text: string };

/**
 * Reads the assets that are in the folder now, so that a dry run shows the effect of a corrected mapping before any service loads it.
 * @param folder undefined when recon has no asset folder configured.
 * @param targets as transform has them.
 */
export function readAssets(folder: string | undefined, targets?: readonly string[]): ReadAssets {
  if (folder === undefined) return { ok: false, text: 'TRIBUTARY_ASSETS_DIR is not set for recon' };
  try {
    const own = filesBelow(folder);
    const shared = join(folder, '..', sharedFolder);
    // The folder of one kind of target has no shared flows; they are read from the folder beside it.
    const files = needsSharedFlows(own) && existsSync(shared) ? [...own, ...filesBelow(shared)] : own;
    const compiled = compileAssets(files, undefined, targets);
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
