import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { z } from 'zod';
import { describeConfig } from './config.js';
import { secretSource } from './secret-source.js';
import { optionalSecret, requiredSecret, secretVariables } from './secret-variables.js';

const folder = mkdtempSync(join(tmpdir(), 'secret-variables-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'password');

it('describes a secret by variable and by file, and marks the secret as one', () => {
  const described = describeConfig(z.object(secretVariables('SL_PASSWORD', 'password of the login')));
  expect(described.map(({ name, secret, required }) => ({ name, secret, required }))).toEqual([
    { name: 'SL_PASSWORD', secret: true, required: false },
    { name: 'SL_PASSWORD_FILE', secret: false, required: false },
  ]);
});

it('reads the variable, or the file as it is now', () => {
  writeFileSync(file, 'first\n');
  expect(requiredSecret({ X: 'value' }, 'X')()).toBe('value');
  const secret = requiredSecret({ X_FILE: file }, 'X');
  expect(secret()).toBe('first');
  writeFileSync(file, 'second-one\n');
  expect(secret()).toBe('second-one');
});

it.each<[string, Record<string, string>, string]>([
  ['neither', {}, 'X: set it, or X_FILE to a file that holds it'],
  ['an empty variable', { X: '' }, 'X: set it, or X_FILE to a file that holds it'],
  ['both', { X: 'a', X_FILE: file }, 'X and X_FILE are both set: keep one'],
  ['a file that is not there', { X_FILE: join(folder, 'none') }, 'X_FILE: '],
])('says what to do about %s', (_, values, text) => {
  expect(() => requiredSecret(values, 'X')).toThrow(text);
});

it('leaves an optional secret out where neither is set', () => {
  expect(optionalSecret({}, 'X')).toBeUndefined();
});

/** A whole secret, or what a reader may see of a file that is empty, being written, or gone. */
const whole = fc.stringMatching(/^[!-~]{1,40}$/).map((text) => ({ text, isWhole: true }));
const broken = fc
  .constantFrom('', ' ', '\n', '\0', 'sec\0\0\0', 'first line\nsecond line', undefined)
  .map((text) => ({ text, isWhole: false }));

it('PROPERTY: whatever happens to its file, a secret is the last one that was whole, and no warning shows one', () => {
  fc.assert(
    fc.property(whole, fc.array(fc.oneof(whole, broken), { maxLength: 12 }), (first, changes) => {
      const warnings: string[] = [];
      writeFileSync(file, first.text);
      const secret = secretSource('X', { file, warn: (text) => void warnings.push(text) });
      let expected = first.text;
      for (const { text, isWhole } of changes) {
        rmSync(file, { force: true });
        if (text !== undefined) writeFileSync(file, text);
        if (isWhole) expected = text as string;
        expect(secret()).toBe(expected);
      }
      const said = `X_FILE: ${file} is gone, empty or half-written; the secret that was read before stays in use`;
      expect(warnings.filter((text) => text !== said)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
