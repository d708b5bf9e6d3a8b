import { secretSource, tlsMaterialSource } from '@tributary/platform';

/** What a connection to PostgreSQL is protected by and prepared with. Each file is read again when it changes, for new connections. */
export interface DatabaseFiles {
  /** Certificates (PEM) that the server is trusted by, beside those that Node knows. */
  readonly caFile?: string | undefined;
  /** Certificate (PEM) that the process shows, and its key. */
  readonly clientCertFile?: string | undefined;
  readonly clientKeyFile?: string | undefined;
  /** Password, instead of the one in the URL. */
  readonly passwordFile?: string | undefined;
  /** How the owner of the schemas connects, where migrations are not made by the role that the service works with. */
  readonly migration?: MigrationAccess | undefined;
  /** Whether a role that could do more than its service needs is refused or told of; default: neither. */
  readonly isProduction?: boolean | undefined;
}

/** The connection that migrations are made over. */
export interface MigrationAccess {
  /** PostgreSQL connection URL. */
  readonly url: string;
  readonly files: Omit<DatabaseFiles, 'migration' | 'isProduction'>;
}

/** What the driver is told beside the URL. */
export interface DatabaseAccess {
  readonly url: string;
  readonly extra: Readonly<Record<string, unknown>>;
}

/** Port of PostgreSQL where a URL names none. */
const defaultPort = 5_432;
const tlsModes: ReadonlySet<string> = new Set(['require', 'verify-ca', 'verify-full']);

/** Whether a connection URL asks for TLS (`sslmode=require`, `verify-ca` or `verify-full`). */
export function isTlsUrl(url: string): boolean {
  return URL.canParse(url) && tlsModes.has(new URL(url).searchParams.get('sslmode') ?? '');
}

/**
 * The URL and options of the driver. With any `sslmode` that asks for TLS the server's certificate and name are verified in full: a connection that
 * is encrypted to nobody in particular protects from nobody.
 * @throws {Error} naming a file that cannot be used.
 */
export function databaseAccess(url: string, files: DatabaseFiles = {}, warn?: (text: string) => void): DatabaseAccess {
  const { caFile, clientCertFile: certFile, clientKeyFile: keyFile, passwordFile } = files;
  if (!URL.canParse(url)) return { url, extra: {} };
  const plain = new URL(url);
  const wantsTls = isTlsUrl(url) || caFile !== undefined;
  if (wantsTls) plain.searchParams.delete('sslmode'); // the driver would take it for its own, weaker setting
  const extra: Record<string, unknown> = {};
  if (wantsTls) {
    const client = certFile !== undefined && keyFile !== undefined ? { client: { certFile, keyFile } } : {};
    const material = tlsMaterialSource({ ...(caFile === undefined ? {} : { caFile }), ...client }, warn);
    extra['ssl'] = {
      rejectUnauthorized: true,
      get ca() {
        return material().ca;
      },
      ...(certFile === undefined
        ? {}
        : {
            get cert() {
              return material().cert;
            },
            get key() {
              return material().key;
            },
          }),
    };
  }
  if (passwordFile !== undefined) {
    const secret = secretSource('DATABASE_PASSWORD', { file: passwordFile, ...(warn ? { warn } : {}) });
    plain.password = '';
    extra['password'] = () => secret();
    // The driver believes a URL that there is no password, so it is told the parts instead.
    Object.assign(extra, {
      connectionString: undefined,
      host: plain.hostname.replace(/^\[|\]$/g, ''),
      port: Number(plain.port || defaultPort),
      user: decodeURIComponent(plain.username),
      database: decodeURIComponent(plain.pathname.slice(1)),
    });
  }
  return { url: wantsTls || passwordFile !== undefined ? plain.toString() : url, extra };
}
