import { createHash, createHmac, randomBytes } from 'node:crypto';

const bytes = 32;

/** A new random secret of 256 bits, base64url. */
export function randomSecret(): string {
  return randomBytes(bytes).toString('base64url');
}

/** What is stored of a random secret: SHA-256 is enough, because nobody can guess what is hashed. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** The CSRF token of a session: known to whoever holds the session id, and to nobody who only makes a browser send it. */
export function csrfTokenOf(sessionId: string): string {
  return createHmac('sha256', sessionId).update('tributary csrf').digest('base64url');
}
