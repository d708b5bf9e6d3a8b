import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * An ERP is named in its own folders only: its connector, the registry of targets, its emulator, its assets, and the demo configuration of
 * tools. Everything else serves every ERP, so that a new one is a new folder. Recorded and generated text (schemas, their history) and tests
 * may name one.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const names = /kinetic|epicor|dynamics|prophet ?21/i;
const product = /^(libs|services)\/.*\.(ts|tsx|mjs)$/;
const exempt = /^libs\/connectors\/|\/(generated|testing|test|web-test)\/|\.(int-)?spec\.tsx?$/;

function namesAnErp(file: string, text: string): boolean {
  return product.test(file) && !exempt.test(file) && names.test(text);
}

it('no product file outside the folders of an ERP names it', () => {
  const files = execFileSync('git', ['ls-files', 'libs', 'services'], { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);
  const found = files.filter((file) => product.test(file) && namesAnErp(file, readFileSync(join(root, file), 'utf8')));
  expect(files.length).toBeGreaterThan(100);
  expect(found).toEqual([]);
});

it.each([
  ['services/recon/src/seed.ts', "export const kind = 'epicor-kinetic';", true],
  ['libs/posting/src/seed.ts', '// A Kinetic group.', true],
  ['services/console/web/src/seed.tsx', 'const title = <p>Kinetic</p>;', true],
  ['libs/connectors/epicor-kinetic/src/seed.ts', "export const kind = 'epicor-kinetic';", false],
  ['services/recon/src/seed.spec.ts', "const kind = 'epicor-kinetic';", false],
  ['services/recon/src/seed.ts', "export const kind = 'an-erp';", false],
])('%s with %j is found: %p', (file, text, expected) => {
  expect(namesAnErp(file, text)).toBe(expected);
});
