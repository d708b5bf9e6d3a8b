import { readFileSync } from 'node:fs';
import { commonEnvironment, ConfigurationError, kafkaEnvironment, loadConfig, summariseConfig } from '@tributary/platform';
import { z } from 'zod';
import type { EndpointRules } from './decide/endpoint-match.js';

const maxSecrets = 5;
const demoSecret = 'whsec_demo_';

/** One URL that Stripe delivers to: `/webhooks/stripe/<name>`. */
const endpointSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'a name is lower-case letters, digits and dashes'),
  secrets: z
    .array(z.string().regex(/^whsec_\S+$/, 'a signing secret begins with whsec_ and has no spaces'))
    .min(1)
    .max(maxSecrets),
  livemode: z.boolean(),
  account: z
    .union([z.string().regex(/^(?:acct_[A-Za-z0-9]+|\*)$/, 'an account is acct_..., or * for any connected account'), z.null()])
    .default(null),
  apiVersion: z
    .union([z.string().regex(/^\d{4}-\d{2}-\d{2}(?:\.[a-z]+)?$/, 'a version looks like 2026-08-26.dahlia'), z.null()])
    .default(null),
  otherMode: z.enum(['refuse', 'drop']).default('refuse'),
});

/** Environment variables of ingest. */
export const ingestEnvironment = commonEnvironment.extend(kafkaEnvironment.shape).extend({
  HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(4010).describe('port the HTTP server listens on'),
  STRIPE_ENDPOINTS: z
    .string()
    .optional()
    .describe('secret: JSON array of endpoints {name, secrets[], livemode, account, apiVersion, otherMode}; this or STRIPE_ENDPOINTS_FILE'),
  STRIPE_ENDPOINTS_FILE: z.string().optional().describe('file that holds what STRIPE_ENDPOINTS would: a mounted secret'),
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
  INGEST_RETRY_AFTER_S: z.coerce.number().int().min(1).default(5).describe('Retry-After of a 503, seconds'),
});

/** A configured endpoint with its signing secrets. */
export interface StripeEndpoint extends EndpointRules {
  /** Live signing secrets, newest first. */
  readonly secrets: readonly string[];
}

/** The configuration of ingest: its variables, and the endpoints read from STRIPE_ENDPOINTS or its file. */
export type IngestConfig = z.infer<typeof ingestEnvironment> & { readonly endpoints: readonly StripeEndpoint[] };

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
  const endpoints = collect(() => readEndpoints(env));
  if (!values || !endpoints) throw new ConfigurationError(problems);
  return { ...values, endpoints };
}

/** The configuration as it may be logged (I8). */
export function summariseIngestConfig({ endpoints, ...values }: IngestConfig): Record<string, unknown> {
  return {
    ...summariseConfig(ingestEnvironment, values),
    STRIPE_ENDPOINTS: endpoints.map(({ secrets, ...rules }) => ({ ...rules, signingSecrets: { configured: secrets.length } })),
  };
}

function readEndpoints(env: NodeJS.ProcessEnv): StripeEndpoint[] {
  const { variable, text } = endpointsText(env);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ConfigurationError([`${variable} is not usable: it is not JSON`]); // the parser's message would quote a secret
  }
  const result = z.array(endpointSchema).min(1).safeParse(json);
  if (!result.success)
    throw new ConfigurationError(
      result.error.issues.map((issue) => `${variable} is not usable: ${issue.path.join('.') || 'it'}: ${issue.message}`),
    );
  const problems = [...repeatedNames(result.data), ...(isProduction(env) ? demoSecretsIn(result.data) : [])];
  if (problems.length > 0) throw new ConfigurationError(problems.map((problem) => `${variable} is not usable: ${problem}`));
  return result.data;
}

function endpointsText(env: NodeJS.ProcessEnv): { variable: string; text: string } {
  const { STRIPE_ENDPOINTS: inline, STRIPE_ENDPOINTS_FILE: file } = env;
  if (inline && file) throw new ConfigurationError(['STRIPE_ENDPOINTS and STRIPE_ENDPOINTS_FILE are both set: keep one']);
  if (inline) return { variable: 'STRIPE_ENDPOINTS', text: inline };
  if (!file) throw new ConfigurationError(['STRIPE_ENDPOINTS is missing (JSON array of endpoints), and so is STRIPE_ENDPOINTS_FILE']);
  try {
    return { variable: 'STRIPE_ENDPOINTS_FILE', text: readFileSync(file, 'utf8') };
  } catch (error) {
    throw new ConfigurationError([
      `STRIPE_ENDPOINTS_FILE is not usable: reading ${file}: ${(error as NodeJS.ErrnoException).code ?? 'no answer'}`,
    ]);
  }
}

function repeatedNames(endpoints: readonly StripeEndpoint[]): string[] {
  const names = endpoints.map(({ name }) => name);
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map((name) => `two endpoints are called ${name}`);
}

function demoSecretsIn(endpoints: readonly StripeEndpoint[]): string[] {
  return endpoints
    .filter(({ secrets }) => secrets.some((secret) => secret.startsWith(demoSecret)))
    .map(({ name }) => `endpoint ${name} has the public secret of the demo, in production`);
}

const isProduction = (env: NodeJS.ProcessEnv): boolean => env.NODE_ENV === 'production' || env.TRIBUTARY_ENVIRONMENT === 'prod';
