import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filled } from './names.js';
import type { ConnectorNames } from './names.js';

/** Where the files of the template go: their first folder, or their name. */
const places: readonly (readonly [of: RegExp, to: string])[] = [
  [/^connector\//, 'libs/connectors/__name__/'],
  [/^assets\//, 'assets/__name__/'],
  [/^reference\.md$/, 'docs/reference/__name__.md'],
];

/** The files of a new connector, path below the root -> text. Its template: tools/new-connector/template. */
export function skeletonFiles(root: string, names: ConnectorNames): Map<string, string> {
  const folder = join(root, 'tools/new-connector/template');
  const paths = globSync('**/*.txt', { cwd: folder }).sort();
  return new Map(
    paths.map((path) => {
      const file = path.replaceAll('\\', '/').replace(/\.txt$/, '');
      const place = places.find(([of]) => of.test(file));
      if (!place) throw new Error(`tools/new-connector/template/${path} has no place`);
      return [filled(file.replace(place[0], place[1]), names), filled(readFileSync(join(folder, path), 'utf8'), names)];
    }),
  );
}
