import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { PayloadCipher } from './payload-cipher.js';
import { PayloadKeyMissingError, PayloadUnreadableError } from './payload.errors.js';

const key = (id: string): string => `${id}=${randomBytes(32).toString('base64')}`;
const [first, second] = [key('2026-10'), key('2026-11')];
const cipherOf = (keys: string): PayloadCipher => new PayloadCipher({ keys: () => keys });
const place = { column: 'recon.dead_letter.value', row: ['dl_1'] };

it('decrypts what it encrypted, whatever the bytes, text, JSON and row are', () => {
  const cipher = cipherOf(first);
  fc.assert(
    fc.property(
      fc.uint8Array(),
      fc.string({ unit: 'grapheme' }),
      fc.jsonValue(),
      fc.array(fc.string(), { minLength: 1 }),
      (bytes, text, value, row) => {
        const at = { column: 'a.b.c', row };
        expect(cipher.openBytes(at, cipher.sealBytes(at, Buffer.from(bytes)))).toEqual(Buffer.from(bytes));
        expect(cipher.openText(at, cipher.sealText(at, text))).toBe(text);
        const json = JSON.stringify(value);
        expect(JSON.stringify(cipher.openJson(at, JSON.parse(cipher.sealJson(at, json))))).toBe(json);
      },
    ),
  );
});

it('stores nothing readable, and the same payload never twice alike', () => {
  const cipher = cipherOf(first);
  const stored = [1, 2].map(() => cipher.sealText(place, 'Ada Lovelace'));
  expect(new Set(stored).size).toBe(2);
  for (const text of [
    ...stored,
    cipher.sealJson(place, '{"name":"Ada Lovelace"}'),
    cipher.sealBytes(place, Buffer.from('Ada Lovelace')).toString('latin1'),
  ])
    expect(text).not.toMatch(/Ada|Lovelace|QWRh/);
});

it.each<[string, { readonly column: string; readonly row: readonly string[] }]>([
  ['another row', { ...place, row: ['dl_2'] }],
  ['another column', { ...place, column: 'recon.dead_letter.original' }],
  ['a row whose key is made of the same letters', { ...place, row: ['dl', '_1'] }],
])('refuses a payload that was moved to %s', (_, elsewhere) => {
  const cipher = cipherOf(first);
  const stored = cipher.sealBytes(place, Buffer.from('x'));
  expect(() => cipher.openBytes(elsewhere, stored)).toThrow(PayloadUnreadableError);
  expect(() => cipher.openBytes(elsewhere, stored)).toThrow(`reading ${elsewhere.column} of row ${elsewhere.row.join('/')}`);
});

it('refuses a payload of which one bit was changed', () => {
  const cipher = cipherOf(first);
  const stored = cipher.sealBytes(place, Buffer.from('twelve bytes'));
  const start = 'tributary:enc:v1:2026-10:'.length;
  fc.assert(
    fc.property(fc.integer({ min: start * 8, max: stored.byteLength * 8 - 1 }), (bit) => {
      const changed = Buffer.from(stored);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(() => cipher.openBytes(place, changed)).toThrow(PayloadUnreadableError);
    }),
  );
  expect(() => cipher.openBytes(place, stored.subarray(0, start + 4))).toThrow(PayloadUnreadableError);
});

it('names the key, the column and the row of a payload whose key it does not have, or has another one of that name', () => {
  const stored = cipherOf(first).sealText(place, 'x');
  expect(() => cipherOf(second).openText(place, stored)).toThrow(PayloadKeyMissingError);
  expect(() => cipherOf(second).openText(place, stored)).toThrow(
    'reading recon.dead_letter.value of row dl_1: it is encrypted with the key "2026-10", which PAYLOAD_KEYS does not have',
  );
  expect(() => cipherOf(key('2026-10')).openText(place, stored)).toThrow('the key "2026-10" of PAYLOAD_KEYS does not decrypt it');
});

it('takes over keys that change while it runs: the first encrypts, each decrypts, and a new id is read at once', () => {
  let [keys, now] = [first, 0];
  const cipher = new PayloadCipher({ keys: () => keys, now: () => now });
  const old = cipher.sealText(place, 'old');
  keys = `${second},${first}`;
  expect(cipher.openText(place, cipherOf(second).sealText(place, 'of another process'))).toBe('of another process');
  now = 2_000;
  expect(cipher.keyId).toBe('2026-11');
  expect(cipher.sealText(place, 'new')).toMatch(/^tributary:enc:v1:2026-11:/);
  expect(cipher.openText(place, old)).toBe('old');
});

it('keeps its keys when those that replace them cannot be read, and says so without a key', () => {
  const said: string[] = [];
  let [keys, now] = [first, 0];
  const cipher = new PayloadCipher({ keys: () => keys, now: () => now, warn: (text) => said.push(text) });
  keys = 'broken';
  for (now of [2_000, 4_000]) expect(cipher.openText(place, cipher.sealText(place, 'x'))).toBe('x');
  expect(said).toEqual([
    'PAYLOAD_KEYS: entry 1 is not <id>=<base64>, with an id of 1 to 40 letters, digits, dots, hyphens and underscores; the keys that were read before stay in use',
  ]);
});

it('reads payloads from before there were keys, and stores them as they are without keys', () => {
  const [none, cipher] = [new PayloadCipher(), cipherOf(first)];
  expect(none.keyId).toBeUndefined();
  expect(cipher.openText(place, none.sealText(place, 'plain'))).toBe('plain');
  expect(cipher.openBytes(place, none.sealBytes(place, Buffer.from('plain')))).toEqual(Buffer.from('plain'));
  expect(cipher.openJson(place, JSON.parse(none.sealJson(place, '{"a":1}')))).toEqual({ a: 1 });
  expect(() => none.openText(place, cipher.sealText(place, 'x'))).toThrow(PayloadKeyMissingError);
});

it('leaves the named members of a JSON object readable, and gives back what was encrypted', () => {
  const cipher = cipherOf(first);
  const stored = JSON.parse(cipher.sealJson(place, '{"traceparent":"t","name":"Ada"}', { traceparent: 't' })) as Record<string, unknown>;
  expect(Object.keys(stored)).toEqual(['traceparent', '$encrypted']);
  expect(cipher.openJson(place, stored)).toEqual({ traceparent: 't', name: 'Ada' });
});
