import type { FileStructure, Place } from './read-structure.js';

/** A project of the workspace: its folder, its package name, and its layer tag. */
export interface Project {
  readonly folder: string;
  readonly name: string;
  readonly layer: string;
}

/** Layers from the ground up; a project imports only from its own height or below. */
const heights: Readonly<Record<string, number>> = {
  contracts: 0,
  support: 0,
  domain: 1,
  core: 2,
  platform: 3,
  adapter: 4,
  connector: 4,
  registry: 4,
  service: 5,
  web: 5,
  'emulator-kit': 4,
  emulator: 5,
  proof: 6,
  tool: 7,
};

/** The pure entry of connectors and their registry: shapes of documents, which import types of libs/contracts and nothing else. */
const pureEntry = /^@tributary\/[\w-]+\/shapes$/;

/** Imports, tests included, of a project in a higher layer: `libs/x/src/a.ts -> @tributary/y`. */
export function upwardImports(files: readonly FileStructure[], projects: readonly Project[]): Place[] {
  const byName = new Map(projects.map((project) => [project.name, project]));
  const byFolder = [...projects].sort((a, b) => b.folder.length - a.folder.length);
  return files.flatMap(({ path, imports }) => {
    const own = byFolder.find(({ folder }) => path.startsWith(`${folder}/`));
    return imports.flatMap((specifier) => {
      const target = byName.get(specifier.split('/').slice(0, 2).join('/'));
      const isUp = own && target && !pureEntry.test(specifier) && heightOf(target) > heightOf(own);
      return isUp ? [{ where: `${path} -> ${specifier}`, size: 1 }] : [];
    });
  });
}

function heightOf({ name, layer }: Project): number {
  const height = heights[layer];
  if (height === undefined) throw new Error(`measuring the structure: ${name} has the layer "${layer}", which has no height`);
  return height;
}
