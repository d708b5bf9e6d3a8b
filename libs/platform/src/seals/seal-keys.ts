import { createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { sealingServices } from '@tributary/contracts';
import type { SealingService } from '@tributary/contracts';

/** Shortest key, bytes: as long as the digest of HMAC-SHA256 (RFC 2104, section 3). */
const minKeyBytes = 32;
const idPattern = /^([a-z-]+)(?:\.[A-Za-z0-9_-]{1,40})?$/;
const base64Pattern = /^[A-Za-z0-9+/_-]+={0,2}$/;

/** A key of seals. */
export interface SealKey {
  /** `<service>` or `<service>.<label>`, for example `ingest.2026-11`. */
  readonly id: string;
  readonly service: SealingService;
  readonly key: KeyObject;
}

/**
 * Reads FACT_SEAL_KEYS: `<service>[.<label>]=<base64 of at least 32 bytes>`, comma separated. A service seals with the first key of its name;
 * every key verifies.
 * @throws {Error} naming the entry by its position, or by its id; never a key.
 */
export function parseSealKeys(text: string): readonly SealKey[] {
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

function parseEntry(entry: string, index: number): SealKey {
  const separator = entry.indexOf('=');
  const [id, secret] = [entry.slice(0, separator), entry.slice(separator + 1)];
  const service = sealingServices.find((name) => name === idPattern.exec(id)?.[1]);
  if (separator < 0 || service === undefined)
    throw new Error(`entry ${index + 1} is not <service>[.<label>]=<base64>, with one of ${sealingServices.join(', ')}`);
  const bytes = base64Pattern.test(secret) ? Buffer.from(secret, 'base64') : Buffer.alloc(0);
  if (bytes.byteLength < minKeyBytes) throw new Error(`the key ${id} is not base64 of at least ${minKeyBytes} bytes`);
  return { id, service, key: createSecretKey(bytes) };
}
