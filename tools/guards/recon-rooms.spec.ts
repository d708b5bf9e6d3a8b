import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readStructure } from './read-structure.js';

/** Rooms of recon, lowest first: a room imports only itself and lower ones (services/recon/README.md). */
const rooms = [
  'shared',
  'audit',
  'reconciliation',
  'intake',
  'desk',
  'personal-data',
  'views',
  'customers',
  'books',
  'notifications',
  'today',
  'messages',
  'rebuild',
  'about',
  'installation',
];
const source = fileURLToPath(new URL('../../services/recon/src', import.meta.url));

/** Imports of a higher room, as `views/a.ts -> desk/b.js`. @param path relative to the sources of recon. */
function upwardImports(path: string, text: string): string[] {
  const height = (file: string): number => rooms.indexOf(file.split('/')[0] ?? '');
  const own = height(path);
  if (own < 0) return [];
  return readStructure({ path, text })
    .imports.filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => join(path, '..', specifier))
    .filter((file) => height(file) > own)
    .map((file) => `${path} -> ${file}`);
}

it('no room of recon imports a higher one', () => {
  const files = globSync('**/*.ts', { cwd: source }).filter((path) => !/\.(int-)?spec\.ts$/.test(path));
  expect(files.length).toBeGreaterThan(50);
  expect(new Set(files.filter((path) => path.includes('/')).map((path) => path.split('/')[0]))).toEqual(
    new Set([...rooms, 'migrations', 'testing']),
  );
  expect(files.flatMap((path) => upwardImports(path, readFileSync(join(source, path), 'utf8')))).toEqual([]);
});

it('finds a seeded import of a higher room, also of types only', () => {
  const seeded = "import { a } from '../../shared/decide/a.js';\nimport type { B } from '../../views/emit/b.js';";
  expect(upwardImports('desk/decide/seed.ts', seeded)).toEqual(['desk/decide/seed.ts -> views/emit/b.js']);
});
