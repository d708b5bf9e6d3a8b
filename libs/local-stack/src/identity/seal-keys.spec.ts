import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSealKeys, sealKeysFile, sealVariables } from './seal-keys.js';

it('makes a key for each service once, for its owner only, and names no key in a variable', () => {
  const parent = mkdtempSync(join(tmpdir(), 'seals-'));
  const folder = join(parent, 'identity');
  expect(sealVariables(folder)).toEqual({});
  makeSealKeys(folder);
  const text = readFileSync(sealKeysFile(folder), 'utf8');
  expect(text).toMatch(/^ingest=[\w+/]{43}=,transform=[\w+/]{43}=,erp-sink=[\w+/]{43}=,recon=[\w+/]{43}=\n$/);
  expect([statSync(folder).mode & 0o777, statSync(sealKeysFile(folder)).mode & 0o777]).toEqual([0o700, 0o600]);
  const made = sealVariables(folder);
  expect(made).toEqual({
    FACT_SEAL_KEYS_FILE: sealKeysFile(folder),
    FACT_SEAL_REQUIRED_FROM: statSync(sealKeysFile(folder)).mtime.toISOString(),
  });
  makeSealKeys(folder);
  expect([readFileSync(sealKeysFile(folder), 'utf8'), sealVariables(folder)]).toEqual([text, made]);
  rmSync(parent, { recursive: true });
});
