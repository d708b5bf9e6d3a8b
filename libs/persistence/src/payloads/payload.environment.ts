import { ConfigurationError, secretSource } from '@tributary/platform';
import { z } from 'zod';
import { PayloadCipher } from './payload-cipher.js';

/** Variables of services that store payloads (docs/adr/0052). */
export const payloadVariables = {
  PAYLOAD_KEYS: z
    .string()
    .optional()
    .describe(
      'secret: keys that stored payloads are encrypted with, as <id>=<base64 of 32 bytes>, comma separated, the newest first: it encrypts, and every key decrypts; without them nothing is encrypted, which prod refuses',
    ),
  PAYLOAD_KEYS_FILE: z.string().optional().describe('file that holds what PAYLOAD_KEYS would; read again when it changes'),
} as const;

/** The values of {@link payloadVariables}. */
export interface PayloadKeysConfig {
  readonly PAYLOAD_KEYS?: string | undefined;
  readonly PAYLOAD_KEYS_FILE?: string | undefined;
  readonly TRIBUTARY_ENVIRONMENT?: string | undefined;
}

/**
 * The cipher of a service, from PAYLOAD_KEYS. Without keys it encrypts nothing, and a warning says so.
 * @throws {ConfigurationError} for keys that cannot be used, and in production without keys.
 */
export function payloadCipherOf(config: PayloadKeysConfig, warn: (text: string) => void): PayloadCipher {
  const [value, file] = [config.PAYLOAD_KEYS || undefined, config.PAYLOAD_KEYS_FILE || undefined];
  if (value === undefined && file === undefined) {
    const what = 'stored payloads are not encrypted';
    if (config.TRIBUTARY_ENVIRONMENT === 'prod')
      throw new ConfigurationError([
        `PAYLOAD_KEYS is missing, and so is PAYLOAD_KEYS_FILE: ${what} (docs/adr/0052-stored-payloads-are-encrypted.md)`,
      ]);
    warn(`PAYLOAD_KEYS is not set: ${what}`);
    return new PayloadCipher();
  }
  if (value !== undefined && file !== undefined)
    throw new ConfigurationError(['PAYLOAD_KEYS and PAYLOAD_KEYS_FILE are both set: keep one']);
  try {
    return new PayloadCipher({ keys: secretSource('PAYLOAD_KEYS', { value, file, warn }), warn });
  } catch (error) {
    throw new ConfigurationError([`PAYLOAD_KEYS is not usable: ${error instanceof Error ? error.message : String(error)}`]);
  }
}
