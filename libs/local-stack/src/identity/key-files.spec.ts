import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issuers, keyFile, makeKeyFiles, publicKeysFile } from './key-files.js';

let parent: string;
let folder: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'keys-'));
  folder = join(parent, 'identity');
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
const read = (): Record<string, string> =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

it('makes a key for each issuer, readable for its owner only, and shows no private one in the public set', () => {
  makeKeyFiles(folder);
  expect(modeOf(folder)).toBe('700');
  expect(readdirSync(folder).sort()).toEqual([...issuers.map((issuer) => `${issuer}.key.json`), 'jwks.json'].sort());
  for (const name of readdirSync(folder)) expect([name, modeOf(join(folder, name))]).toEqual([name, '600']);
  const { keys } = JSON.parse(readFileSync(publicKeysFile(folder), 'utf8')) as { keys: Record<string, string>[] };
  // RFC 8037 section 2: `kty` `OKP`, `crv` Ed25519, `x` the public key of 32 bytes, `d` the private one.
  expect(keys.map(({ kty, crv, kid, d }) => ({ kty, crv, kid, d }))).toEqual(
    issuers.map((kid) => ({ kty: 'OKP', crv: 'Ed25519', kid, d: undefined })),
  );
  for (const { x } of keys) expect(Buffer.from(x ?? '', 'base64url')).toHaveLength(32);
  expect(new Set(keys.map(({ x }) => x)).size).toBe(issuers.length);
});

it('keeps what is there, and makes what is missing', () => {
  makeKeyFiles(folder);
  const before = read();
  makeKeyFiles(folder);
  expect(read()).toEqual(before);
  rmSync(keyFile(folder, 'recon'));
  makeKeyFiles(folder);
  const after = read();
  const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
  expect(changed.sort()).toEqual(['jwks.json', 'recon.key.json']);
});

it('closes a folder that others could read', () => {
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  makeKeyFiles(folder);
  expect(modeOf(folder)).toBe('700');
});

it('names a file that holds no key, and shows nothing of it', () => {
  makeKeyFiles(folder);
  writeFileSync(keyFile(folder, 'recon'), '{"d":"a-secret"');
  expect(() => makeKeyFiles(folder)).toThrow(`${keyFile(folder, 'recon')} holds no key. Delete it`);
  expect(() => makeKeyFiles(folder)).not.toThrow('a-secret');
});
