import { sha1Bytes } from './hash.js';

/** Namespace of our event ids (UUIDv5): a random UUID, fixed for ever: 3f0c1f0e-6f6e-4d5c-9a52-7f4b8d2f6c11. */
const namespace = Uint8Array.of(0x3f, 0x0c, 0x1f, 0x0e, 0x6f, 0x6e, 0x4d, 0x5c, 0x9a, 0x52, 0x7f, 0x4b, 0x8d, 0x2f, 0x6c, 0x11);
const utf8 = new TextEncoder();
const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * The id of a derived event: UUIDv5 of source event id, type and ordinal, so a replay makes the same event (DESIGN, identity).
 * @param ordinal 0 for the first event of that type made from the source event, 1 for the next.
 */
export function derivedEventId(sourceEventId: string, type: string, ordinal = 0): string {
  const name = utf8.encode(`${sourceEventId}|${type}|${ordinal}`);
  const named = new Uint8Array(namespace.length + name.length);
  named.set(namespace);
  named.set(name, namespace.length);
  return uuidOf(sha1Bytes(named));
}

/** The first 16 bytes of a SHA-1 as a UUID of version 5 (RFC 9562, section 5.5). */
function uuidOf(digest: Uint8Array): string {
  let text = '';
  for (let at = 0; at < 16; at += 1) {
    const byte = digest[at] ?? 0;
    const marked = at === 6 ? (byte & 0x0f) | 0x50 : at === 8 ? (byte & 0x3f) | 0x80 : byte;
    if (at === 4 || at === 6 || at === 8 || at === 10) text += '-';
    text += hexOfByte[marked] ?? '';
  }
  return text;
}
