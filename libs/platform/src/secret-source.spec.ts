import { mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secretSource } from './secret-source.js';

const folder = mkdtempSync(join(tmpdir(), 'secret-'));
const file = join(folder, 'token');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let warnings: string[];
const source = (): (() => string) => secretSource('REST_SECRET', { file, warn: (text) => void warnings.push(text) });
beforeEach(() => {
  warnings = [];
  writeFileSync(file, 'first\n');
});

it('takes the value of a variable', () => {
  expect(secretSource('REST_SECRET', { value: 'x' })()).toBe('x');
});

it('says what to set when there is neither', () => {
  expect(() => secretSource('REST_SECRET', {})).toThrow('REST_SECRET: set it, or REST_SECRET_FILE to a file that holds it');
  expect(() => secretSource('REST_SECRET', { file: join(folder, 'none') })).toThrow('REST_SECRET_FILE');
});

it('reads a file again when it changes', () => {
  const secret = source();
  expect(secret()).toBe('first');
  writeFileSync(file, 'second-one\n');
  expect(secret()).toBe('second-one');
  expect(warnings).toEqual([]);
});

it('follows a link that is exchanged, as mounted secrets are', () => {
  writeFileSync(join(folder, 'a'), 'aaa');
  writeFileSync(join(folder, 'b'), 'bbb');
  rmSync(file);
  symlinkSync(join(folder, 'a'), file);
  const secret = source();
  expect(secret()).toBe('aaa');
  symlinkSync(join(folder, 'b'), `${file}.new`);
  renameSync(`${file}.new`, file);
  expect(secret()).toBe('bbb');
});

it.each([
  ['empty', ''],
  ['half-written', 'seco\0\0\0'],
])('keeps the old secret and warns once while the file is %s, and takes the next one', (_, text) => {
  const secret = source();
  writeFileSync(file, text);
  expect([secret(), secret()]).toEqual(['first', 'first']);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).not.toContain('first');
  writeFileSync(file, 'a-whole-secret');
  expect(secret()).toBe('a-whole-secret');
});

it('keeps the old secret while the file is gone', () => {
  const secret = source();
  rmSync(file);
  expect(secret()).toBe('first');
  expect(warnings).toHaveLength(1);
});
