import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeSecretFile } from './key-files.js';

const keyBytes = 32;

/** File with the keys that services encrypt stored payloads with (PAYLOAD_KEYS), below the identity folder. */
export function payloadKeysFile(folder: string): string {
  return join(folder, 'payload-keys');
}

/** Makes a key where there is none; what is there is kept: without it, what is stored cannot be read. */
export function makePayloadKeys(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (existsSync(payloadKeysFile(folder))) return;
  writeSecretFile(payloadKeysFile(folder), `local=${randomBytes(keyBytes).toString('base64')}`);
}

/** The variable that tells a service of these keys; none, while there are no keys. */
export function payloadVariablesOf(folder: string): Readonly<Record<string, string>> {
  return existsSync(payloadKeysFile(folder)) ? { PAYLOAD_KEYS_FILE: payloadKeysFile(folder) } : {};
}
