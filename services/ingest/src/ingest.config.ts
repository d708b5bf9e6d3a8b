import { commonEnvironment, ConfigurationError, kafkaEnvironment, loadConfig, summariseConfig } from '@tributary/platform';
import { z } from 'zod';
import { endpointSource } from './endpoint-source.js';
import type { StripeEndpoint } from './endpoints.js';

/** Environment variables of ingest. */
export const ingestEnvironment = commonEnvironment.extend(kafkaEnvironment.shape).extend({
  HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(4010).describe('port the HTTP server listens on'),
  STRIPE_ENDPOINTS: z
    .string()
    .optional()
    .describe(
      'secret: JSON array of endpoints {name, secrets[], livemode, account, apiVersion, otherMode}, where a secret is a text, or {secret, until} while it is rotated; this or STRIPE_ENDPOINTS_FILE',
    ),
  STRIPE_ENDPOINTS_FILE: z
    .string()
    .optional()
    .describe('file that holds what STRIPE_ENDPOINTS would: a mounted secret, read again when it changes'),
  STRIPE_SIGNATURE_TOLERANCE_S: z.coerce.number().int().min(1).max(3_600).default(300).describe('oldest signature accepted, seconds'),
  STRIPE_SIGNATURE_FUTURE_S: z.coerce
    .number()
    .int()
    .min(0)
    .max(3_600)
    .default(300)
    .describe('furthest signature in the future accepted, seconds'),
  INGEST_BODY_LIMIT_BYTES: z.coerce.number().int().min(1_024).max(1_048_576).default(1_048_576).describe('largest body accepted, bytes'),
  INGEST_PUBLISH_DEADLINE_MS: z.coerce
    .number()
    .int()
    .min(100)
    .max(20_000)
    .default(4_000)
    .describe('longest wait for Kafka before a delivery is answered 503, milliseconds; Stripe should have its answer within 5 s'),
  INGEST_MAX_IN_FLIGHT_BYTES: z.coerce
    .number()
    .int()
    .min(1_048_576)
    .default(67_108_864)
    .describe('bodies held at once, while they are coming and until Kafka has answered, bytes; beyond that deliveries are answered 503'),
  INGEST_WORKERS: z.coerce
    .number()
    .int()
    .min(1)
    .max(32)
    .default(1)
    .describe(
      'processes that take deliveries on HTTP_PORT, each with about the memory of one; limits of connections and of bytes in flight are shared among them',
    ),
  RECON_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'where recon answers: it records in its audit trail who changes the level of the log here, and without it nobody can by a request',
    ),
  INGEST_RETRY_AFTER_S: z.coerce.number().int().min(1).default(5).describe('Retry-After of a 503, seconds'),
});

/** The configuration of ingest: its variables, and the endpoints as they are now. */
export type IngestConfig = z.infer<typeof ingestEnvironment> & { readonly endpoints: () => readonly StripeEndpoint[] };

/** @throws {ConfigurationError} naming every bad variable and every bad endpoint at once. */
export function loadIngestConfig(env: NodeJS.ProcessEnv): IngestConfig {
  const problems: string[] = [];
  const collect = <Value>(read: () => Value): Value | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  };
  const values = collect(() => loadConfig(ingestEnvironment, env));
  const endpoints = collect(() => endpointSource(env));
  if (!values || !endpoints) throw new ConfigurationError(problems);
  return { ...values, endpoints };
}

/** What one worker may take of the limits of the whole service. */
export function shareOfWorker(config: IngestConfig): IngestConfig {
  const { INGEST_WORKERS: workers, INGEST_BODY_LIMIT_BYTES: oneBody } = config;
  return {
    ...config,
    HTTP_MAX_CONNECTIONS: Math.ceil(config.HTTP_MAX_CONNECTIONS / workers),
    // A body of the largest size has to fit into the share of one worker.
    INGEST_MAX_IN_FLIGHT_BYTES: Math.max(Math.floor(config.INGEST_MAX_IN_FLIGHT_BYTES / workers), oneBody),
  };
}

/** The configuration as it may be logged (I8). */
export function summariseIngestConfig({ endpoints, ...values }: IngestConfig): Record<string, unknown> {
  return {
    ...summariseConfig(ingestEnvironment, values),
    STRIPE_ENDPOINTS: endpoints().map(({ secrets, ...rules }) => ({ ...rules, signingSecrets: { configured: secrets.length } })),
  };
}
