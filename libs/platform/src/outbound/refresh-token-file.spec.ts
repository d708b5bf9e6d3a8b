import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RefreshTokenFile } from './refresh-token-file.js';
import type { KeptSignIn } from './refresh-token-file.js';

let folder: string;
let path: string;
let warnings: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'refresh-token-'));
  [path, warnings] = [join(folder, 'sign-in.json'), []];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (at = path): RefreshTokenFile => new RefreshTokenFile(at, 'Sign in.', (text) => void warnings.push(text));
const signIn = (refreshToken: string): KeptSignIn => ({ refreshToken, signedInAt: '2026-09-01T12:00:00.000Z' });
/** Exchanges the token as an issuer would: each use makes the next token. */
const exchanged = (file: RefreshTokenFile): Promise<string> =>
  file.exchange((kept) => {
    const next = signIn(`${kept?.refreshToken ?? ''}+`);
    return Promise.resolve({ result: next.refreshToken, next });
  });

it('is whole, for its owner alone, and leaves nothing beside it', async () => {
  expect(open().read()).toBeUndefined();
  await open().replace(signIn('r'));
  expect(open().read()).toEqual(signIn('r'));
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['sign-in.json']);
});

it('is used by one at a time, and each sees what the one before left', async () => {
  await open().replace(signIn('r'));
  const results = await Promise.all(Array.from({ length: 20 }, () => exchanged(open())));
  expect([...results].sort()).toEqual(Array.from({ length: 20 }, (_, n) => `r${'+'.repeat(n + 1)}`));
  expect(open().read()).toEqual(signIn(`r${'+'.repeat(20)}`));
});

it('is free again after a use that failed, and unchanged', async () => {
  await open().replace(signIn('r'));
  await expect(open().exchange(() => Promise.reject(new Error('revoked')))).rejects.toThrow('revoked');
  expect(await exchanged(open())).toBe('r+');
});

it('does not wait for a process that ended in the middle', async () => {
  await open().replace(signIn('r'));
  writeFileSync(`${path}.lock`, '');
  utimesSync(`${path}.lock`, new Date(0), new Date(0));
  expect(await exchanged(open())).toBe('r+');
});

it('that cannot be written is gone on with in memory, with a warning without the token, until it can', async () => {
  const nowhere = join(folder, 'not-there', 'sign-in.json');
  const file = open(nowhere);
  expect(await exchanged(file)).toBe('+');
  expect(await exchanged(file)).toBe('++');
  expect(warnings).toHaveLength(2);
  expect(warnings[0]).toMatch(/not-there\/sign-in\.json cannot be written \(ENOENT\): the new refresh token is kept in memory/);
  mkdirSync(join(folder, 'not-there'));
  expect(await exchanged(file)).toBe('+++');
  expect(open(nowhere).read()).toEqual(signIn('+++'));
});

it('takes a new sign-in instead of what it could not write', async () => {
  const nowhere = join(folder, 'not-there', 'sign-in.json');
  const file = open(nowhere);
  await exchanged(file);
  mkdirSync(join(folder, 'not-there'));
  await open(nowhere).replace(signIn('new'));
  expect(await exchanged(file)).toBe('new+');
});

it.each(['not json', '{}', '{"refreshToken":"","signedInAt":"2026-09-01"}', 'null', '{"refreshToken":"s3cret"'])(
  'with %p is told by its name, and not shown',
  (content) => {
    writeFileSync(path, content);
    expect(() => open().read()).toThrow(`${path}: holds no sign-in. Delete it and sign in again`);
    expect(() => open().read()).not.toThrow('s3cret');
  },
);
