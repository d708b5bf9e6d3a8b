import { z } from 'zod';
import { optionalSecret, secretVariables } from '../secret-variables.js';
import { refusePlaintext } from './plaintext.js';

const file = z.string().min(1).optional();

/** Seconds after which a connection is closed, when nobody uses it, and made anew with the credentials of that time. */
const defaultLifetimeS = 900;

/** Variables of the connection to PostgreSQL, and what protects it beside `sslmode=verify-full` in DATABASE_URL. */
export const databaseSecurityVariables = {
  ...secretVariables('DATABASE_URL', 'PostgreSQL connection URL'),
  DATABASE_CONNECTION_LIFETIME_S: z.coerce
    .number()
    .int()
    .min(1)
    .max(86_400)
    .default(defaultLifetimeS)
    .describe(
      'age at which a connection is replaced by a new one, with the credentials as they are then, as soon as no statement uses it, s',
    ),
  DATABASE_CA_FILE: file.describe(
    'certificates (PEM) that PostgreSQL is trusted by, beside those that Node knows; the connection is then over TLS',
  ),
  DATABASE_CLIENT_CERT_FILE: file.describe('certificate (PEM) that the process shows to PostgreSQL'),
  DATABASE_CLIENT_KEY_FILE: file.describe('private key (PEM) of that certificate'),
  DATABASE_PASSWORD_FILE: file.describe(
    'file with the password, instead of the one in DATABASE_URL; read again when it changes, for new connections',
  ),
  ...secretVariables(
    'DATABASE_MIGRATION_URL',
    'PostgreSQL connection URL of the role that owns the schemas and makes their tables; without it, what DATABASE_URL names does',
  ),
  DATABASE_MIGRATION_CLIENT_CERT_FILE: file.describe('certificate (PEM) that is shown to PostgreSQL with DATABASE_MIGRATION_URL'),
  DATABASE_MIGRATION_CLIENT_KEY_FILE: file.describe('private key (PEM) of that certificate'),
  DATABASE_MIGRATION_PASSWORD_FILE: file.describe('file with the password, instead of the one in DATABASE_MIGRATION_URL'),
} as const;

/** The values of these variables. */
export type DatabaseSecurityConfig = Partial<z.infer<z.ZodObject<typeof databaseSecurityVariables>>> & {
  readonly TRIBUTARY_ENVIRONMENT?: string | undefined;
  readonly ALLOW_PLAINTEXT?: string | undefined;
};

/** Files of one connection. */
interface ConnectionFiles {
  readonly caFile: string | undefined;
  readonly clientCertFile: string | undefined;
  readonly clientKeyFile: string | undefined;
  readonly passwordFile: string | undefined;
}

/**
 * What the connections of a service to PostgreSQL are made from, protected by and prepared with, and how long one is used.
 * @throws {ConfigurationError} for plaintext in production, and for an address that is given twice or in a file that cannot be used.
 */
export function databaseFilesOf(config: DatabaseSecurityConfig): ConnectionFiles & {
  readonly urlFile: string | undefined;
  readonly connectionLifetimeS: number;
  readonly migration: { readonly url: string; readonly files: ConnectionFiles } | undefined;
  readonly isProduction: boolean;
} {
  const url = optionalSecret(config, 'DATABASE_URL')?.() ?? '';
  refusePlaintext(config, 'postgresql', isProtected(config, url), 'add sslmode=verify-full to DATABASE_URL');
  return {
    urlFile: config.DATABASE_URL_FILE,
    connectionLifetimeS: config.DATABASE_CONNECTION_LIFETIME_S ?? defaultLifetimeS,
    caFile: config.DATABASE_CA_FILE,
    clientCertFile: config.DATABASE_CLIENT_CERT_FILE,
    clientKeyFile: config.DATABASE_CLIENT_KEY_FILE,
    passwordFile: config.DATABASE_PASSWORD_FILE,
    migration: migrationOf(config),
    isProduction: config.TRIBUTARY_ENVIRONMENT === 'prod',
  };
}

function migrationOf(config: DatabaseSecurityConfig): { readonly url: string; readonly files: ConnectionFiles } | undefined {
  const url = optionalSecret(config, 'DATABASE_MIGRATION_URL')?.();
  if (url === undefined) return undefined;
  refusePlaintext(config, 'postgresql', isProtected(config, url), 'add sslmode=verify-full to DATABASE_MIGRATION_URL');
  return {
    url,
    files: {
      caFile: config.DATABASE_CA_FILE,
      clientCertFile: config.DATABASE_MIGRATION_CLIENT_CERT_FILE,
      clientKeyFile: config.DATABASE_MIGRATION_CLIENT_KEY_FILE,
      passwordFile: config.DATABASE_MIGRATION_PASSWORD_FILE,
    },
  };
}

const isProtected = (config: DatabaseSecurityConfig, url: string): boolean =>
  config.DATABASE_CA_FILE !== undefined || /[?&]sslmode=(?:require|verify-ca|verify-full)(?:&|$)/.test(url);
