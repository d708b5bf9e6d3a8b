import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePayloadKeys, payloadKeysFile, payloadVariablesOf } from './payload-keys.js';

it('makes a key once, for its owner only, and names no key in a variable', () => {
  const parent = mkdtempSync(join(tmpdir(), 'payloads-'));
  const folder = join(parent, 'identity');
  expect(payloadVariablesOf(folder)).toEqual({});
  makePayloadKeys(folder);
  const text = readFileSync(payloadKeysFile(folder), 'utf8');
  expect(text).toMatch(/^local=[\w+/]{43}=\n$/);
  expect([statSync(folder).mode & 0o777, statSync(payloadKeysFile(folder)).mode & 0o777]).toEqual([0o700, 0o600]);
  expect(payloadVariablesOf(folder)).toEqual({ PAYLOAD_KEYS_FILE: payloadKeysFile(folder) });
  makePayloadKeys(folder);
  expect(readFileSync(payloadKeysFile(folder), 'utf8')).toBe(text);
  rmSync(parent, { recursive: true });
});
