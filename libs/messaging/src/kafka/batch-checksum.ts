import { createRequire } from 'node:module';

/** CRC-32C of bytes, unsigned. */
export type Checksum = (bytes: Uint8Array) => number;

const require = createRequire(import.meta.url);
const checksumModule = 'kafkajs/src/protocol/recordBatch/crc32C';
/** The client's own checksum, in JavaScript: about 480 MiB/s. */
export const checksumOfClient = require(checksumModule) as Checksum;

/**
 * The checksum of record batches: native (`@node-rs/crc32`, about 7,500 MiB/s) where the package is built for the platform, else the client's.
 * @param load the native package; throws where there is none for the platform, which is no problem of the service.
 */
export function batchChecksum(load: () => { readonly crc32c: (bytes: Uint8Array) => number } = loadNative): Checksum {
  try {
    const { crc32c } = load();
    return (bytes) => crc32c(bytes);
  } catch {
    return checksumOfClient;
  }
}

function loadNative(): { crc32c: (bytes: Uint8Array) => number } {
  return require('@node-rs/crc32') as { crc32c: (bytes: Uint8Array) => number };
}
