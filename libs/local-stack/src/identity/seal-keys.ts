import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { writeSecretFile } from './key-files.js';

const keyBytes = 32;
/** Services that write messages; nothing of the product may be imported here (tools/identity/seal-keys.spec.ts compares). */
export const sealing = ['ingest', 'transform', 'erp-sink', 'recon'] as const;

/** File with the keys that services seal their messages with (FACT_SEAL_KEYS), below the identity folder. */
export function sealKeysFile(folder: string): string {
  return join(folder, 'fact-seal-keys');
}

/** Makes the keys where they are missing, one for each service that writes messages; what is there is kept. */
export function makeSealKeys(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (existsSync(sealKeysFile(folder))) return;
  writeSecretFile(sealKeysFile(folder), sealing.map((name) => `${name}=${randomBytes(keyBytes).toString('base64')}`).join(','));
}

/**
 * Variables that tell a service of these keys. What Kafka took before they were made has no seal, and is accepted.
 * @returns none, while there are no keys.
 */
export function sealVariables(folder: string): Readonly<Record<string, string>> {
  const made = statSync(sealKeysFile(folder), { throwIfNoEntry: false });
  return made ? { FACT_SEAL_KEYS_FILE: sealKeysFile(folder), FACT_SEAL_REQUIRED_FROM: made.mtime.toISOString() } : {};
}
