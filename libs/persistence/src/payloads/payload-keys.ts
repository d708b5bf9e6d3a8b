import { createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** Bytes of a key of AES-256. */
const keyBytes = 32;
const idPattern = /^[A-Za-z0-9._-]{1,40}$/;
const base64Pattern = /^[A-Za-z0-9+/_-]+={0,2}$/;

/** A key that stored payloads are encrypted with. */
export interface PayloadKey {
  /** Stands beside every payload that was encrypted with the key, for example `2026-11`. */
  readonly id: string;
  readonly key: KeyObject;
}

/**
 * Reads PAYLOAD_KEYS: `<id>=<base64 of 32 bytes>`, comma separated, the newest first: it encrypts, and every key decrypts.
 * @throws {Error} naming the entry by its position, or by its id; never a key.
 */
export function parsePayloadKeys(text: string): readonly PayloadKey[] {
  const keys = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(parseEntry);
  if (keys.length === 0) throw new Error('it holds no key');
  const repeated = keys.find(({ id }, index) => keys.findIndex((other) => other.id === id) !== index);
  if (repeated) throw new Error(`two keys are called ${repeated.id}`);
  return keys;
}

function parseEntry(entry: string, index: number): PayloadKey {
  const separator = entry.indexOf('=');
  const [id, secret] = [entry.slice(0, separator), entry.slice(separator + 1)];
  if (separator < 0 || !idPattern.test(id))
    throw new Error(`entry ${index + 1} is not <id>=<base64>, with an id of 1 to 40 letters, digits, dots, hyphens and underscores`);
  const bytes = base64Pattern.test(secret) ? Buffer.from(secret, 'base64') : Buffer.alloc(0);
  if (bytes.byteLength !== keyBytes) throw new Error(`the key ${id} is not base64 of ${keyBytes} bytes`);
  return { id, key: createSecretKey(bytes) };
}
