import { parseKeyList } from '@tributary/platform';
import type { NamedKey } from '@tributary/platform';

/** Bytes of a key of AES-256. */
const keyBytes = 32;
const idPattern = /^[A-Za-z0-9._-]{1,40}$/;

/** A key that stored payloads are encrypted with. Its id stands beside every payload that was encrypted with it, for example `2026-11`. */
export type PayloadKey = NamedKey;

/**
 * Reads PAYLOAD_KEYS: `<id>=<base64 of 32 bytes>`, comma separated, the newest first: it encrypts, and every key decrypts.
 * @throws {Error} naming the entry by its position, or by its id; never a key.
 */
export function parsePayloadKeys(text: string): readonly PayloadKey[] {
  return parseKeyList(text, {
    isId: (id) => idPattern.test(id),
    form: '<id>=<base64>, with an id of 1 to 40 letters, digits, dots, hyphens and underscores',
    isLength: (bytes) => bytes === keyBytes,
    length: `${keyBytes} bytes`,
  });
}
