import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { understand } from '#commands/command-line.mjs';
import { root } from '../contracts/workspace.js';
import { readLockFile } from './lock-file.js';
import { billProblems, makeBill } from './sbom.js';

/** `npm run sbom`: writes the bill of materials, checked against the lock file. */
function main(out: string): number {
  const lockFile = readLockFile(root);
  const bill = makeBill(root, lockFile);
  const problems = billProblems(bill, lockFile);
  if (problems.length > 0) {
    console.error(`The bill of materials is not complete:\n  ${problems.join('\n  ')}`);
    return 1;
  }
  writeFileSync(out, `${JSON.stringify(bill, null, 2)}\n`);
  console.log(`${bill.components.length} packages, each with hash and licence: ${out}`);
  return 0;
}

const understood = understand(['sbom', ...process.argv.slice(2)]);
const out = understood.kind === 'run' ? understood.values.out?.at(-1) : undefined;
process.exitCode = main(typeof out === 'string' ? resolve(out) : join(root, '.tributary', 'sbom.cdx.json'));
