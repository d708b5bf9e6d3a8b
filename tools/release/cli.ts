import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { understand } from '#commands/command-line.mjs';
import { root } from '../contracts/workspace.js';
import { engineMissing, hasEngine, makeImages } from './images.js';
import { makeRelease } from './make.js';
import { verifyRelease } from './verify.js';

/** Exit code where images are asked for and nothing can make them. */
const noEngine = 3;

/** `npm run release`: makes the files of a release, or verifies those of one. The keys are in files, which variables name. */
function main(values: Readonly<Record<string, readonly (string | true)[] | undefined>>): number {
  const { RELEASE_KEY_FILE, RELEASE_PUBLIC_KEY_FILE } = process.env;
  const folder = values.verify?.at(-1);
  if (typeof folder === 'string') return verify(resolve(folder), RELEASE_PUBLIC_KEY_FILE);
  const given = values.out?.at(-1);
  const out = typeof given === 'string' ? resolve(given) : join(root, '.tributary', 'release');
  const privateKey = RELEASE_KEY_FILE ? readFileSync(RELEASE_KEY_FILE, 'utf8') : undefined;
  const withImages = values.images !== undefined;
  if (withImages && !hasEngine()) {
    console.error(engineMissing);
    return noEngine;
  }
  const terms = { root, out, isDry: values['dry-run'] !== undefined, privateKey };
  const { version, files } = makeRelease({ ...terms, ...(withImages ? { images: makeImages } : {}) });
  console.log(
    `${version}, ${privateKey === undefined ? 'not signed (RELEASE_KEY_FILE names no key)' : 'signed'}, in ${out}:\n  ${files.join('\n  ')}`,
  );
  return 0;
}

function verify(folder: string, keyFile: string | undefined): number {
  const { problems, files, version, commit, isSigned } = verifyRelease(folder, keyFile ? readFileSync(keyFile, 'utf8') : undefined);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) return 1;
  const signature = keyFile
    ? 'signed with this key'
    : `${isSigned ? 'signed' : 'not signed'}; RELEASE_PUBLIC_KEY_FILE names no key to compare with`;
  console.log(`${files} files of ${version}, made from ${commit}, are as its checksums and its provenance say; ${signature}`);
  return 0;
}

const understood = understand(['release', ...process.argv.slice(2)]);
try {
  process.exitCode = main(understood.kind === 'run' ? understood.values : {});
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
