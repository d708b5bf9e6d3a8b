import { secretVariables } from '@tributary/platform';
import { z } from 'zod';

/** Environment variables of the connector. */
export const restEnvironment = z.object({
  REST_URL: z.url({ protocol: /^https?$/ }).describe('base of the service: the paths of the service file follow it'),
  REST_SERVICE_FILE: z
    .string()
    .optional()
    .describe('service file (YAML): endpoints, fields and what answers mean; none: Prophet 21 as its product page documents it'),
  ...secretVariables('REST_SECRET', 'token or API key'),
  REST_CALL_TIMEOUT_MS: z.coerce.number().int().min(100).default(25_000).describe('longest one HTTP call may take, ms'),
});
