import type { SealingService } from '@tributary/contracts';
import { ConfigurationError } from '../configuration-error.js';
import { secretSource } from '../secret-source.js';
import { FactSeals } from './fact-seals.js';
import type { FactSealConfig } from './seal.environment.js';

/**
 * The seals of a service, from FACT_SEAL_KEYS. Undefined without keys: then nothing is sealed or refused, and a warning says so.
 * @throws {ConfigurationError} for keys that cannot be used, and in production without keys.
 */
export function factSealsOf(config: FactSealConfig, service: SealingService, warn: (text: string) => void): FactSeals | undefined {
  const { FACT_SEAL_KEYS: value, FACT_SEAL_KEYS_FILE: file, FACT_SEAL_REQUIRED_FROM: from } = config;
  if (value === undefined && file === undefined) {
    const what = 'messages are not sealed, so every client of Kafka can make payments';
    if (config.TRIBUTARY_ENVIRONMENT === 'prod')
      throw new ConfigurationError([`FACT_SEAL_KEYS is missing, and so is FACT_SEAL_KEYS_FILE: ${what} (docs/adr/0054-sealed-facts.md)`]);
    warn(`FACT_SEAL_KEYS is not set: ${what}`);
    return undefined;
  }
  if (value !== undefined && file !== undefined)
    throw new ConfigurationError(['FACT_SEAL_KEYS and FACT_SEAL_KEYS_FILE are both set: keep one']);
  try {
    const keys = secretSource('FACT_SEAL_KEYS', { value, file, warn });
    return new FactSeals({ service, keys, requiredFrom: from === undefined ? undefined : Date.parse(from), warn });
  } catch (error) {
    throw new ConfigurationError([`FACT_SEAL_KEYS is not usable: ${error instanceof Error ? error.message : String(error)}`]);
  }
}
