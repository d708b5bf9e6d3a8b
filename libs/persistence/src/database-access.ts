import { secretSource, tlsMaterialSource } from '@tributary/platform';

/** What a connection to PostgreSQL is made from, protected by and prepared with. Each file is read again when it changes, for new connections. */
export interface DatabaseFiles {
  /** The whole connection URL. */
  readonly urlFile?: string | undefined;
  /** Age at which a connection that nobody uses is replaced by a new one, s; default: never. */
  readonly connectionLifetimeS?: number | undefined;
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

/** What the driver is told beside the address and the credentials. */
export interface DatabaseAccess {
  /** As it is at the start. */
  readonly url: string;
  readonly extra: Readonly<Record<string, unknown>>;
  /** The address, user and password of a connection that is made now; with true files are read though they seem to be unchanged. */
  readonly connectionUrl: (lookAgain?: boolean) => string;
}

const tlsModes: ReadonlySet<string> = new Set(['require', 'verify-ca', 'verify-full']);

/** Whether a connection URL asks for TLS (`sslmode=require`, `verify-ca` or `verify-full`). */
export function isTlsUrl(url: string): boolean {
  return URL.canParse(url) && tlsModes.has(new URL(url).searchParams.get('sslmode') ?? '');
}

/**
 * The address and options of the driver. With any `sslmode` that asks for TLS the server's certificate and name are verified in full: a connection that
 * is encrypted to nobody in particular protects from nobody. What is protected at the start stays so, whatever its file says later.
 * @param url undefined when it is in a file.
 * @throws {Error} naming a file that cannot be used.
 */
export function databaseAccess(url: string | undefined, files: DatabaseFiles = {}, warn?: (text: string) => void): DatabaseAccess {
  const { urlFile, passwordFile, caFile, connectionLifetimeS = 0 } = files;
  const more = warn ? { warn } : {};
  const address = secretSource('DATABASE_URL', { value: url, file: urlFile, isWhole: isPostgresUrl, ...more });
  const password = passwordFile === undefined ? undefined : secretSource('DATABASE_PASSWORD', { file: passwordFile, ...more });
  const overTls = isTlsUrl(address()) || caFile !== undefined;
  const connectionUrl = (lookAgain?: boolean): string => {
    const now = address(lookAgain);
    if ((!overTls && !password) || !URL.canParse(now)) return now;
    const whole = new URL(now);
    if (overTls) whole.searchParams.delete('sslmode'); // the driver would take it for its own, weaker setting
    if (password) whole.password = encodeURIComponent(password(lookAgain));
    return whole.toString();
  };
  const tls = overTls ? { ssl: tlsOf(files, warn) } : {};
  // Where TypeORM shows its options, a password that is in a file is not in them.
  return { url: password ? address() : connectionUrl(), extra: { ...tls, maxLifetimeSeconds: connectionLifetimeS }, connectionUrl };
}

/** Read by the driver at each connection. */
function tlsOf({ caFile, clientCertFile: certFile, clientKeyFile: keyFile }: DatabaseFiles, warn?: (text: string) => void): object {
  const client = certFile !== undefined && keyFile !== undefined ? { client: { certFile, keyFile } } : {};
  const material = tlsMaterialSource({ ...(caFile === undefined ? {} : { caFile }), ...client }, warn);
  return {
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

/** What a file with the address has to hold; an address in a variable is judged by the driver. */
function isPostgresUrl(text: string): boolean {
  return /^postgres(?:ql)?:\/\/\S+$/.test(text) && URL.canParse(text);
}
