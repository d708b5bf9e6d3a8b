import { z } from 'zod';

/** Environment variables of the connector. */
export const restEnvironment = z.object({
  REST_URL: z.url({ protocol: /^https?$/ }).describe('base of the service: the paths of the service file follow it'),
  REST_SERVICE_FILE: z
    .string()
    .optional()
    .describe('service file (YAML): endpoints, fields and what answers mean; none: Prophet 21 as its product page documents it'),
  REST_SECRET: z.string().min(1).optional().describe('secret: token or API key; or REST_SECRET_FILE'),
  REST_SECRET_FILE: z.string().min(1).optional().describe('file that holds it, read again when it changes'),
  REST_CALL_TIMEOUT_MS: z.coerce.number().int().min(100).default(25_000).describe('longest one HTTP call may take, ms'),
});
