import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StackError } from '../stack-error.js';

/** Issuers of tokens: `console` signs those of people, the others what a service asks another service. Each has a key of its own. */
export const issuers = ['console', 'console-service', 'recon', 'transform', 'erp-sink'] as const;
/** Name of an issuer: the key id in its tokens. */
export type Issuer = (typeof issuers)[number];

/** File with the private key of an issuer, below the identity folder. */
export function keyFile(folder: string, issuer: Issuer): string {
  return join(folder, `${issuer}.key.json`);
}

/** File with the public keys of all issuers (JWK set), below the identity folder. */
export function publicKeysFile(folder: string): string {
  return join(folder, 'jwks.json');
}

/**
 * The keys of a stack, made where they are missing: an Ed25519 key for each issuer and the set of public keys. What is there is kept, so
 * tokens stay good over restarts. The folder is for its owner only (0700), and so is each file (0600).
 * @throws {StackError} `stack.key-unreadable` naming a file that holds no key.
 */
export function makeKeyFiles(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const keys = issuers.map((issuer) => {
    const file = keyFile(folder, issuer);
    if (!existsSync(file)) writeSecretFile(file, JSON.stringify({ ...newKey(), kid: issuer, alg: 'EdDSA', use: 'sig' }));
    return publicPart(file, issuer);
  });
  const set = JSON.stringify({ keys });
  if (contentOf(publicKeysFile(folder)) !== set) writeSecretFile(publicKeysFile(folder), set);
}

/** Writes a file that only its owner may read, at once: a reader never sees half of it, nor another mode. */
export function writeSecretFile(file: string, content: string): void {
  const part = `${file}.${process.pid}.new`;
  writeFileSync(part, `${content}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(part, file);
}

function newKey(): JsonWebKey {
  return generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
}

function publicPart(file: string, issuer: Issuer): JsonWebKey {
  try {
    const { kty, crv, x } = createPublicKey(
      createPrivateKey({ key: JSON.parse(readFileSync(file, 'utf8')) as JsonWebKey, format: 'jwk' }),
    ).export({ format: 'jwk' });
    return { kty, crv, x, kid: issuer, alg: 'EdDSA', use: 'sig' } as JsonWebKey;
  } catch {
    // Not the cause: it may quote what stands in the file.
    throw new StackError('stack.key-unreadable', `reading the key of ${issuer}: ${file} holds no key. Delete it: a new one is made.`);
  }
}

function contentOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}
