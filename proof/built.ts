import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { workspaceRoot } from '@tributary/local-stack';
import type { AssetFile } from '@tributary/mapping';

/**
 * What files of a service's build export, in one object: no project imports a service, and this is what ships.
 * @param folder below `services`, for example `transform/dist/decide`. @param files below it.
 */
export async function builtExports<Exports extends object>(folder: string, files: readonly string[]): Promise<Exports> {
  const modules = files.map(
    (file) => import(pathToFileURL(join(workspaceRoot, 'services', folder, file)).href) as Promise<Partial<Exports>>,
  );
  return Object.assign({}, ...(await Promise.all(modules))) as Exports;
}

/** Texts of the shipped assets, by their paths below `assets`. */
export function shippedAssetFiles(): AssetFile[] {
  const folder = join(workspaceRoot, 'assets');
  return globSync('**/*.{yaml,yml,csv}', { cwd: folder })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
}
