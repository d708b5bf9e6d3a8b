import { z } from 'zod';

const file = z.string().min(1).optional();

/** Variables that say how Kafka is reached: whom to trust, and who we are (docs/adr/0053). */
export const kafkaSecurityVariables = {
  KAFKA_TLS: z.stringbool().default(false).describe('whether brokers are reached over TLS'),
  KAFKA_CA_FILE: file.describe(
    'certificates (PEM) that brokers are trusted by, beside those that Node knows; read again when it changes, for new connections',
  ),
  KAFKA_CLIENT_CERT_FILE: file.describe('certificate (PEM) that the process shows to brokers; read again when it changes'),
  KAFKA_CLIENT_KEY_FILE: file.describe('private key (PEM) of that certificate'),
  KAFKA_SASL_MECHANISM: z
    .enum(['plain', 'scram-sha-256', 'scram-sha-512', 'oauthbearer'])
    .optional()
    .describe('how the process signs in at brokers; plain only over TLS; none: by its certificate, or not at all'),
  KAFKA_USERNAME: z.string().min(1).optional().describe('user for plain and SCRAM; client id for oauthbearer'),
  KAFKA_PASSWORD: z.string().optional().describe('secret: password of that user; client secret for oauthbearer'),
  KAFKA_PASSWORD_FILE: file.describe('file that holds it; read again when it changes, for new connections'),
  KAFKA_OAUTH_TOKEN_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('where oauthbearer gets its tokens, by client credentials (RFC 6749, 4.4); it is trusted by KAFKA_CA_FILE too'),
  KAFKA_OAUTH_SCOPE: z.string().optional().describe('scope that is asked for there'),
} as const;

/** Variables that say how the schema registry is reached. */
export const registrySecurityVariables = {
  SCHEMA_REGISTRY_USERNAME: z.string().min(1).optional().describe('user of the schema registry (HTTP basic authentication)'),
  SCHEMA_REGISTRY_PASSWORD: z.string().optional().describe('secret: password of that user; without a user, a bearer token'),
  SCHEMA_REGISTRY_PASSWORD_FILE: file.describe('file that holds it; read again when it changes'),
  SCHEMA_REGISTRY_CA_FILE: file.describe('certificates (PEM) that the schema registry is trusted by, beside those that Node knows'),
  SCHEMA_REGISTRY_CLIENT_CERT_FILE: file.describe('certificate (PEM) that the process shows to the schema registry'),
  SCHEMA_REGISTRY_CLIENT_KEY_FILE: file.describe('private key (PEM) of that certificate'),
} as const;

/** Which unprotected connections production may have. */
export const plaintextVariables = {
  ALLOW_PLAINTEXT: z
    .string()
    .regex(/^(?:(?:kafka|registry|postgresql|services)(?:,(?!$)|$))*$/, 'expected kafka, registry, postgresql, services, comma separated')
    .default('')
    .describe(
      'connections that need no TLS in prod (kafka, registry, postgresql, services), where another layer protects them; comma separated',
    ),
} as const;

type Variables = typeof kafkaSecurityVariables & typeof registrySecurityVariables & typeof plaintextVariables;
/** The values of all these variables; a caller without a schema leaves them out. */
export type TransportSecurityConfig = Partial<z.infer<z.ZodObject<Variables>>> & { readonly TRIBUTARY_ENVIRONMENT?: string | undefined };
