import { sealingServices } from '@tributary/contracts';
import type { SealingService } from '@tributary/contracts';
import { parseKeyList } from '../key-list.js';
import type { NamedKey } from '../key-list.js';

/** Shortest key, bytes: as long as the digest of HMAC-SHA256 (RFC 2104, section 3). */
const minKeyBytes = 32;
const idPattern = /^([a-z-]+)(?:\.[A-Za-z0-9_-]{1,40})?$/;

/** A key of seals. Its id is `<service>` or `<service>.<label>`, for example `ingest.2026-11`. */
export interface SealKey extends NamedKey {
  readonly service: SealingService;
}

/**
 * Reads FACT_SEAL_KEYS: `<service>[.<label>]=<base64 of at least 32 bytes>`, comma separated. A service seals with the first key of its name;
 * every key verifies.
 * @throws {Error} naming the entry by its position, or by its id; never a key.
 */
export function parseSealKeys(text: string): readonly SealKey[] {
  const keys = parseKeyList(text, {
    isId: (id) => serviceOf(id) !== undefined,
    form: `<service>[.<label>]=<base64>, with one of ${sealingServices.join(', ')}`,
    isLength: (bytes) => bytes >= minKeyBytes,
    length: `at least ${minKeyBytes} bytes`,
  });
  return keys.map(({ id, key }) => ({ id, key, service: serviceOf(id) as SealingService }));
}

function serviceOf(id: string): SealingService | undefined {
  const name = idPattern.exec(id)?.[1];
  return sealingServices.find((service) => service === name);
}
