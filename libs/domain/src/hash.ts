// A digest is a pure function. Node's own takes a fifth of the time of one in JavaScript, and routing takes several per event.
// eslint-disable-next-line no-restricted-imports -- no state, no input or output: the purity that the rule is about
import { hash } from 'node:crypto';

/** SHA-256 of a text in UTF-8, as lower-case hex. An unpaired surrogate counts as U+FFFD, as in TextEncoder. */
export function sha256Hex(text: string): string {
  return hash('sha256', text, 'hex');
}

/** SHA-256 of a text in UTF-8: 32 bytes. */
export function sha256Bytes(text: string): Uint8Array {
  return hash('sha256', text, 'buffer');
}

/** SHA-1 of bytes, for UUIDv5 only: 20 bytes. */
export function sha1Bytes(bytes: Uint8Array): Uint8Array {
  return hash('sha1', bytes, 'buffer');
}
