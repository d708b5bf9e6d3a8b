import { readdirSync, readFileSync } from 'node:fs';
import type { AssetFile } from '../assets/asset-reader.js';
import type { AssetBundle } from '../bundle.js';
import { compileAssets } from '../compile-assets.js';
import { formatProblem } from '../problem.js';

const root = new URL('../../../../assets/', import.meta.url);

/** The assets that the project ships. `changes`: texts to replace, by the end of a path; each text has to occur. */
export function shippedFiles(changes: readonly (readonly [path: string, from: string | RegExp, to: string])[] = []): AssetFile[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(yaml|csv)$/.test(name))
    .sort()
    .map((name) => ({ path: `assets/${name}`, text: readFileSync(new URL(name, root), 'utf8') }));
  return changes.reduce<AssetFile[]>((all, [path, from, to]) => {
    const index = all.findIndex((file) => file.path.endsWith(path));
    const file = all[index];
    const text = file?.text.replace(from, to);
    if (!file || text === undefined || text === file.text) throw new Error(`${path} does not hold ${String(from)}`);
    return all.with(index, { ...file, text });
  }, files);
}

/** The shipped assets, compiled. @throws Error with every problem. */
export function shippedBundle(changes: Parameters<typeof shippedFiles>[0] = []): AssetBundle {
  const compiled = compileAssets(shippedFiles(changes));
  if (!compiled.ok) throw new Error(compiled.problems.map(formatProblem).join('\n'));
  return compiled.bundle;
}

/** Problems of the shipped assets with some texts replaced. */
export function shippedProblems(changes: Parameters<typeof shippedFiles>[0]): string[] {
  const compiled = compileAssets(shippedFiles(changes));
  return compiled.ok ? [] : compiled.problems.map(formatProblem);
}
