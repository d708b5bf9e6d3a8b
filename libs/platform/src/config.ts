import { z } from 'zod';
import { isBrokerList } from './broker-list.js';
import { ConfigurationError } from './configuration-error.js';
import { parseLogLevels } from './configured-log-levels.js';
import { defaultHttpLimits } from './http/http-server.js';
import type { HttpLimits } from './http/http-server.js';
import { identityEnvironment } from './identity/environment.js';
import { factSealVariables } from './seals/seal.environment.js';
import { databaseSecurityVariables } from './transport/database.environment.js';
import { serverTlsOf } from './http/server-tls.js';
import type { ServerTls } from './http/server-tls.js';
import { kafkaSecurityVariables, plaintextVariables, registrySecurityVariables } from './transport/kafka-security.environment.js';
import { serviceTlsVariables } from './transport/service-tls.environment.js';

export { ConfigurationError };

/** Variables that every service reads. */
export const commonEnvironment = z
  .object({
    HTTP_HOST: z.string().default('127.0.0.1').describe('address the HTTP server listens on'),
    HTTP_PORT: z.coerce.number().int().min(0).max(65_535).describe('port the HTTP server listens on'),
    HTTP_OVER_TLS: z
      .stringbool()
      .default(false)
      .describe('whether browsers reach it over https only, through an ingress for example: answers then say Strict-Transport-Security'),
    HEALTH_PORT: z.coerce
      .number()
      .int()
      .min(0)
      .max(65_535)
      .optional()
      .describe(
        'port of /live, /ready, /startup and /metrics alone, which are then not on HTTP_PORT; default: they are on HTTP_PORT, /metrics only where HTTP_HOST is this machine alone',
      ),
    HEALTH_HOST: z.string().optional().describe('address that HEALTH_PORT listens on; default: HTTP_HOST'),
    HTTP_HEADERS_TIMEOUT_MS: z.coerce
      .number()
      .int()
      .min(100)
      .default(defaultHttpLimits.headersTimeoutMs)
      .describe('longest time until the headers of a request are there, ms; then the connection is closed'),
    HTTP_REQUEST_TIMEOUT_MS: z.coerce
      .number()
      .int()
      .min(100)
      .default(defaultHttpLimits.requestTimeoutMs)
      .describe('longest time until a whole request is there, ms; then the connection is closed'),
    HTTP_MAX_CONNECTIONS: z.coerce
      .number()
      .int()
      .min(1)
      .default(defaultHttpLimits.maxConnections)
      .describe('connections to HTTP_PORT at once; more are closed as they come'),
    LOG_LEVEL: z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal'])
      .default('info')
      .describe('least important level that is logged'),
    LOG_LEVELS: z
      .string()
      .default('')
      .superRefine((text, context) => {
        try {
          parseLogLevels(text);
        } catch (error) {
          context.addIssue({ code: 'custom', message: (error as Error).message });
        }
      })
      .describe(
        'the same for single loggers, by the beginning of what their lines have as `context`, in any case: kafka=warn,Replay=debug; `GET /log-level` has the names',
      ),
    TRIBUTARY_ENVIRONMENT: z.enum(['dev', 'test', 'prod']).default('dev').describe('which environment this is'),
    OTEL_EXPORTER_OTLP_ENDPOINT: z
      .url()
      .optional()
      .describe('OTLP collector that spans are sent to; none: spans are ids in events and log lines only'),
  })
  .extend(serviceTlsVariables)
  .extend(identityEnvironment.shape);

/** Where a service listens, for runService. @throws {ConfigurationError} for certificates that cannot be used. */
export function listenOn(config: z.infer<typeof commonEnvironment>): HttpAddress {
  const { HTTP_HOST: host, HTTP_PORT: port, HTTP_OVER_TLS: overTls, HEALTH_PORT: healthPort, HEALTH_HOST: healthHost = host } = config;
  const limits = {
    headersTimeoutMs: config.HTTP_HEADERS_TIMEOUT_MS,
    requestTimeoutMs: config.HTTP_REQUEST_TIMEOUT_MS,
    maxConnections: config.HTTP_MAX_CONNECTIONS,
  };
  const tls = serverTlsOf(config);
  return {
    host,
    port,
    overTls,
    limits,
    ...(tls ? { tls } : {}),
    ...(healthPort === undefined ? {} : { health: { host: healthHost, port: healthPort } }),
  };
}

/** Addresses of a service. */
export interface HttpAddress {
  readonly host: string;
  readonly port: number;
  /** Whether browsers reach it over https only. */
  readonly overTls?: boolean;
  /** What a client may take; default: `defaultHttpLimits`. */
  readonly limits?: HttpLimits;
  /** What it is served with over TLS; undefined: plain http. */
  readonly tls?: ServerTls;
  /** Where health and metrics are, if not with everything else. */
  readonly health?: { readonly host: string; readonly port: number };
}

/** Variable of services that answer only to names of their own. */
export const allowedHostsEnvironment = z.object({
  HTTP_ALLOWED_HOSTS: z
    .string()
    .default('')
    .describe(
      'host names that it is reached by, comma separated, beside addresses and names without a dot; any other is answered with 421',
    ),
});

/** Variables of services that talk to Kafka. */
export const kafkaEnvironment = z.object({
  KAFKA_BROKERS: z.string().min(1).refine(isBrokerList, 'expected host:port, comma separated').describe('host:port list, comma separated'),
  SCHEMA_REGISTRY_URL: z.url().describe('Confluent-compatible schema registry, with its path'),
  ...factSealVariables,
  ...kafkaSecurityVariables,
  ...registrySecurityVariables,
  ...plaintextVariables,
});

/** Variables of services that read topics. */
export const kafkaConsumerEnvironment = kafkaEnvironment.extend({
  KAFKA_SESSION_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(6_000) // the least that brokers take unless told otherwise
    .max(300_000)
    .default(30_000)
    .describe('silence after which a consumer counts as dead and its partitions go to another one, ms'),
});

/** Variables of services whose failed messages are retried through delay topics. */
export const ladderEnvironment = z.object({
  LADDER_MAX_ATTEMPTS: z.coerce
    .number()
    .int()
    .positive()
    .max(100)
    .default(12)
    .describe('attempts of one message before it is dead-lettered'),
  LADDER_MAX_AGE_MS: z.coerce.number().int().positive().default(172_800_000).describe('age of its first failure after which it is, ms'),
});

/** Variables of services that keep state. */
export const databaseEnvironment = z.object({
  ...databaseSecurityVariables,
  ...plaintextVariables,
});

/**
 * Reads the environment once, by a schema.
 * @throws {ConfigurationError} naming every bad variable at once.
 */
export function loadConfig<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  env: Readonly<Record<string, string | undefined>>,
): z.infer<z.ZodObject<Shape>> {
  // An empty variable is an absent one: `X=` in a compose file or Helm chart must not hide a default.
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const result = schema.safeParse(present);
  if (result.success) return result.data;
  throw new ConfigurationError(
    result.error.issues.map((issue) => {
      const name = issue.path.map(String).join('.') || '(all)';
      const variable = schema.shape[name] as z.ZodType | undefined;
      const missing = !(name in present);
      const what = variable?.description ? ` (${variable.description})` : '';
      return missing ? `${name} is missing${what}` : `${name} is not usable${what}: ${issue.message}`;
    }),
  );
}

/** One environment variable, as docs/configuration.md shows it. */
export interface DescribedVariable {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly fallback: string | undefined;
  readonly secret: boolean;
}

/** What docs/configuration.md and the start-up summary say about a schema. A description that starts with `secret:` marks a secret. */
export function describeConfig(schema: z.ZodObject<z.ZodRawShape>): DescribedVariable[] {
  return Object.entries(schema.shape).map(([name, type]) => {
    const zod = type as z.ZodType;
    const fallback = zod.safeParse(undefined);
    const description = zod.description ?? '';
    return {
      name,
      description: description.replace(/^secret:\s*/, ''),
      required: !fallback.success,
      fallback: fallback.success && fallback.data !== undefined ? JSON.stringify(fallback.data) : undefined,
      secret: description.startsWith('secret:'),
    };
  });
}

/** The configuration as it may be logged: secrets only say that they are there (I8). */
export function summariseConfig(schema: z.ZodObject<z.ZodRawShape>, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const secrets = new Set(describeConfig(schema).flatMap(({ name, secret }) => (secret ? [name] : [])));
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, secrets.has(name) ? { configured: value !== undefined } : value]),
  );
}
