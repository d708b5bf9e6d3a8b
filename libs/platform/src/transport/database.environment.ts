import { z } from 'zod';
import { refusePlaintext } from './plaintext.js';

const file = z.string().min(1).optional();

/** Variables that protect the connection to PostgreSQL, beside `sslmode=verify-full` in DATABASE_URL. */
export const databaseSecurityVariables = {
  DATABASE_CA_FILE: file.describe(
    'certificates (PEM) that PostgreSQL is trusted by, beside those that Node knows; the connection is then over TLS',
  ),
  DATABASE_CLIENT_CERT_FILE: file.describe('certificate (PEM) that the process shows to PostgreSQL'),
  DATABASE_CLIENT_KEY_FILE: file.describe('private key (PEM) of that certificate'),
  DATABASE_PASSWORD_FILE: file.describe(
    'file with the password, instead of the one in DATABASE_URL; read again when it changes, for new connections',
  ),
} as const;

/** The values of these variables. */
export type DatabaseSecurityConfig = Partial<z.infer<z.ZodObject<typeof databaseSecurityVariables>>> & {
  readonly DATABASE_URL: string;
  readonly TRIBUTARY_ENVIRONMENT?: string | undefined;
  readonly ALLOW_PLAINTEXT?: string | undefined;
};

/** Files of the connection to PostgreSQL. @throws {ConfigurationError} for plaintext in production. */
export function databaseFilesOf(config: DatabaseSecurityConfig): {
  readonly caFile: string | undefined;
  readonly clientCertFile: string | undefined;
  readonly clientKeyFile: string | undefined;
  readonly passwordFile: string | undefined;
} {
  const isProtected =
    config.DATABASE_CA_FILE !== undefined || /[?&]sslmode=(?:require|verify-ca|verify-full)(?:&|$)/.test(config.DATABASE_URL);
  refusePlaintext(config, 'postgresql', isProtected, 'add sslmode=verify-full to DATABASE_URL');
  return {
    caFile: config.DATABASE_CA_FILE,
    clientCertFile: config.DATABASE_CLIENT_CERT_FILE,
    clientKeyFile: config.DATABASE_CLIENT_KEY_FILE,
    passwordFile: config.DATABASE_PASSWORD_FILE,
  };
}
