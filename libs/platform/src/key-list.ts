import { createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const base64Pattern = /^[A-Za-z0-9+/_-]+={0,2}$/;

/** A key with its name, from a list of keys. */
export interface NamedKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** What a list of keys may hold. */
export interface KeyListRules {
  isId(id: string): boolean;
  /** How an entry is written, for the error: `<id>=<base64>, with ...`. */
  readonly form: string;
  isLength(bytes: number): boolean;
  /** How long a key is, for the error: `32 bytes`. */
  readonly length: string;
}

/**
 * Reads a list of keys: `<id>=<base64>`, comma separated, in their order.
 * @throws {Error} naming the entry by its position, or by its id; never a key.
 */
export function parseKeyList(text: string, rules: KeyListRules): readonly NamedKey[] {
  const keys = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry, index) => parseEntry(entry, index, rules));
  if (keys.length === 0) throw new Error('it holds no key');
  const repeated = keys.find(({ id }, index) => keys.findIndex((other) => other.id === id) !== index);
  if (repeated) throw new Error(`two keys are called ${repeated.id}`);
  return keys;
}

function parseEntry(entry: string, index: number, { isId, form, isLength, length }: KeyListRules): NamedKey {
  const separator = entry.indexOf('=');
  const [id, secret] = [entry.slice(0, separator), entry.slice(separator + 1)];
  if (separator < 0 || !isId(id)) throw new Error(`entry ${index + 1} is not ${form}`);
  const bytes = base64Pattern.test(secret) ? Buffer.from(secret, 'base64') : Buffer.alloc(0);
  if (!isLength(bytes.byteLength)) throw new Error(`the key ${id} is not base64 of ${length}`);
  return { id, key: createSecretKey(bytes) };
}
