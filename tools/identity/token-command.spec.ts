import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readKeySet, verifyToken } from '@tributary/identity';
import { identityFolder, makeLocalIdentity, publicKeysFile } from '@tributary/local-stack';
import { tokenCommand } from './token-command.js';

let state: string;
let out: string[];
let errors: string[];
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'token-'));
  [out, errors] = [[], []];
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

const token = (values: Record<string, string[]> = {}): number =>
  tokenCommand(
    { values },
    { TRIBUTARY_STATE_DIR: state },
    (line) => out.push(line),
    (line) => errors.push(line),
  );

it('says what to do where no stack was started', () => {
  expect(token()).toBe(3);
  expect({ out, errors }).toEqual({ out: [], errors: [expect.stringContaining('`npm start` makes them') as string] });
});

it('prints a token that reads, for a day or for as long as is said, another one each time', async () => {
  makeLocalIdentity(identityFolder(state));
  expect([token(), token(), token({ hours: ['2'] })]).toEqual([0, 0, 0]);
  expect(new Set(out).size).toBe(3);
  const keys = await readKeySet(readFileSync(publicKeysFile(identityFolder(state)), 'utf8'));
  for (const line of out) expect((await verifyToken(line, keys, new Date())).grants).toEqual([{ role: 'viewer', target: '*' }]);
  const inThreeHours = new Date(Date.now() + 3 * 3_600_000);
  await expect(verifyToken(out[2] as string, keys, inThreeHours)).rejects.toThrow('expired');
  await expect(verifyToken(out[0] as string, keys, inThreeHours)).resolves.toBeDefined();
});
