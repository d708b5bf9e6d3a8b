import { filled } from './names.js';
import type { ConnectorNames } from './names.js';

const registry = 'libs/connectors/registry/src/target-registry.ts';
const shapes = 'libs/connectors/registry/src/shapes.ts';
const lockFile = 'package-lock.json';
const dictionary = 'tools/prose/dictionary.txt';

/** Lines and list entries that name a connector: file, what it is put before, and the text. */
const insertions: readonly (readonly [file: string, before: RegExp, text: string])[] = [
  [registry, /^import \{ PipelineError \}/m, "import { __camel__Target } from '@tributary/connector-__name__';\n"],
  [registry, /,?\s*\]\.map\(\(kind\) =>/, ', __camel__Target'],
  [shapes, /^import type \{ ErpDocumentShape \}/m, "import { shapes as __camel__ } from '@tributary/connector-__name__/shapes';\n"],
  [shapes, /,?\s*\]\.map\(\(shape\) =>/, ', ...__camel__'],
];

/**
 * The files that have to name a new connector, with it, path -> text: the registry of targets and shapes, the lock file as npm would write it,
 * the dictionary of the prose check.
 * @param read the text of a file below the root.
 * @throws {Error} naming the file that has not the form that is expected.
 */
export function registrations(read: (path: string) => string, names: ConnectorNames): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [file, before, text] of insertions) {
    const now = texts.get(file) ?? read(file);
    const at = before.exec(now);
    if (!at) throw new Error(`${file}: no place like ${String(before)} to name a connector`);
    texts.set(file, now.slice(0, at.index) + filled(text, names) + now.slice(at.index));
  }
  texts.set(lockFile, lockWith(read(lockFile), names));
  texts.set(dictionary, withWords(read(dictionary), names));
  return texts;
}

interface LockFile {
  packages: Record<string, object>;
}

/** The lock file with the workspace's entry and its link, sorted as tools/complete-lockfile.mjs sorts it. */
function lockWith(text: string, names: ConnectorNames): string {
  const lock = JSON.parse(text) as LockFile;
  const folder = filled('libs/connectors/__name__', names);
  const name = filled('@tributary/connector-__name__', names);
  lock.packages[folder] = { name, version: '0.1.0', license: 'Apache-2.0' };
  lock.packages[`node_modules/${name}`] = { resolved: folder, link: true };
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  return `${JSON.stringify(lock, null, 2)}\n`;
}

/** The words of the name, which no dictionary of English may have. */
function withWords(text: string, { kebab }: ConnectorNames): string {
  const known = new Set(text.split('\n'));
  const words = kebab.split('-').filter((word) => /^[a-z]{4,}$/.test(word) && !known.has(word));
  return words.length === 0 ? text : `${text.trimEnd()}\n${words.join('\n')}\n`;
}
