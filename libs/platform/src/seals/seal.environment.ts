import { z } from 'zod';

/** Variables of the seals that services put on their messages (docs/adr/0054). */
export const factSealVariables = {
  FACT_SEAL_KEYS: z
    .string()
    .optional()
    .describe(
      'secret: keys that messages are sealed with, as <service>[.<label>]=<base64 of 32 bytes>, comma separated: a service seals with the first key of its name, and every key verifies; without them nothing is sealed, which prod refuses',
    ),
  FACT_SEAL_KEYS_FILE: z.string().optional().describe('file that holds what FACT_SEAL_KEYS would; read again when it changes'),
  FACT_SEAL_REQUIRED_FROM: z
    .string()
    .refine((text) => !Number.isNaN(Date.parse(text)), 'expected a time, 2026-12-01T00:00:00Z')
    .optional()
    .describe('messages without a seal that Kafka took before this time are accepted: those from before the upgrade'),
} as const;

/** The values of {@link factSealVariables}. */
export interface FactSealConfig {
  readonly FACT_SEAL_KEYS?: string | undefined;
  readonly FACT_SEAL_KEYS_FILE?: string | undefined;
  readonly FACT_SEAL_REQUIRED_FROM?: string | undefined;
  readonly TRIBUTARY_ENVIRONMENT?: string | undefined;
}
