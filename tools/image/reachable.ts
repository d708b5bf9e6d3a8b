import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Programs that a production image runs: the services, and what makes topics and schemas before they start. */
export const productionPrograms = [
  'services/ingest/dist/main.js',
  'services/transform/dist/main.js',
  'services/erp-sink/dist/main.js',
  'services/erp-sink/dist/rebuild/main.js',
  'services/recon/dist/main.js',
  'services/recon/dist/rebuild/main.js',
  'services/recon/dist/audit/main.js',
  'services/console/dist/main.js',
  'services/transform/dist/migrate.js',
  'services/erp-sink/dist/migrate.js',
  'services/recon/dist/migrate.js',
  'services/console/dist/migrate.js',
  'tools/dist/stack/setup-cli.js',
  'libs/platform/dist/source-maps.js', // imported by the entry point of the image
] as const;

const imports = /(?:^|[;}\s])(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/g;

/**
 * Compiled files that programs import, by themselves and through others, as paths below the root; packages of the registry are left out.
 * @param packages folders of the packages of the workspace, by name (`@tributary/domain` -> `libs/domain`).
 * @throws {Error} naming a file that is imported and not there.
 */
export function reachableFiles(root: string, programs: readonly string[], packages: ReadonlyMap<string, string>): string[] {
  const found = new Set<string>();
  const open = [...programs];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file)) continue;
    if (!existsSync(join(root, file))) throw new Error(`${file} is imported and not built`);
    found.add(file);
    for (const [, from, direct] of readFileSync(join(root, file), 'utf8').matchAll(imports)) {
      const target = resolveImport(root, file, from ?? direct ?? '', packages);
      if (target !== undefined) open.push(target);
    }
  }
  return [...found].sort();
}

function resolveImport(root: string, file: string, specifier: string, packages: ReadonlyMap<string, string>): string | undefined {
  if (specifier.startsWith('.')) return relative(root, join(root, dirname(file), specifier)).replaceAll('\\', '/');
  const name = specifier.split('/').slice(0, 2).join('/');
  const folder = packages.get(name);
  if (folder === undefined) return undefined; // of the registry, or of Node
  const entry = `.${specifier.slice(name.length)}`;
  const { exports } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
    exports?: Readonly<Record<string, { readonly default?: string }>>;
  };
  const target = exports?.[entry]?.default;
  if (target === undefined) throw new Error(`${file} imports ${specifier}, which ${folder}/package.json does not export`);
  return join(folder, target).replaceAll('\\', '/');
}
