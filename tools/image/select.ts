import { cpSync, existsSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isProgram, root } from '../contracts/workspace.js';
import { productionPrograms, reachableFiles } from './reachable.js';

/** What the production image needs beside compiled files. */
const furtherFolders = ['assets', 'services/console/web/dist', 'libs/connectors/rest/services'];

/**
 * `node tools/dist/image/select.js <folder>`: copies what a production image holds into a folder: the compiled files that its programs
 * import, with their source maps, assets and the console's page. No emulator, no test, no other tool.
 * @returns how many files were copied.
 */
export function selectFiles(folder: string): number {
  const files = reachableFiles(root, productionPrograms, workspacePackages());
  for (const file of files)
    for (const path of [file, `${file}.map`])
      if (existsSync(join(root, path))) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        cpSync(join(root, path), join(folder, path));
      }
  for (const path of furtherFolders) if (existsSync(join(root, path))) cpSync(join(root, path), join(folder, path), { recursive: true });
  return files.length;
}

/** Folders of the packages of this workspace, by name. */
export function workspacePackages(): ReadonlyMap<string, string> {
  const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { workspaces: readonly string[] };
  const manifests = workspaces.flatMap((pattern) => globSync(`${pattern}/package.json`, { cwd: root }));
  return new Map(
    manifests.map((path) => [
      (JSON.parse(readFileSync(join(root, path), 'utf8')) as { name: string }).name,
      dirname(path).replaceAll('\\', '/'),
    ]),
  );
}

if (isProgram(import.meta.filename)) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new Error('select: name the folder to copy into');
  console.log(`${selectFiles(folder)} compiled files copied into ${folder}`);
}
