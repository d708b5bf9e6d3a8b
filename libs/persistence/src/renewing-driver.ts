import pg from 'pg';
import type { PoolClient, PoolConfig } from 'pg';

/** What a pool tells whoever asked it for a connection. */
type Connected = (error: Error | undefined, client: PoolClient | undefined, release: (error?: unknown) => void) => void;

/** The driver as TypeORM asks for it. */
export type PostgresDriver = Omit<typeof pg, 'Pool'> & { readonly Pool: new (options: PoolConfig) => pg.Pool };

/** PostgreSQL does not let the user in: its password was changed there and not yet here, or here and not yet there. */
const loginCodes = new Set(['28P01', '28000']);

/** Whether PostgreSQL refused the user or its password. */
export function isLoginRefused(error: unknown): boolean {
  return loginCodes.has(String((error as { code?: unknown } | null | undefined)?.code));
}

/**
 * The driver with a pool whose new connections go to the address, as the user and with the password of that moment. A connection that is refused for
 * its user or password is tried once more at once when they were exchanged meanwhile.
 * @param connectionUrl as it is now; with true it reads files again though they seem to be unchanged.
 */
export function createRenewingDriver(connectionUrl: (lookAgain?: boolean) => string): PostgresDriver {
  // The pool keeps its options for good and hands them to each client, so the client looks itself.
  class RenewingClient extends pg.Client {
    constructor(options?: PoolConfig) {
      super({ ...options, connectionString: connectionUrl() });
    }
  }
  class RenewingPool extends pg.Pool {
    constructor(options: PoolConfig) {
      super({ ...options, Client: RenewingClient });
    }

    override connect(): Promise<PoolClient>;
    override connect(callback: Connected): void;
    override connect(callback?: Connected): Promise<PoolClient> | void {
      if (!callback) return new Promise((resolve, reject) => this.connect((error, client) => (client ? resolve(client) : reject(error!))));
      const before = connectionUrl();
      super.connect((error, client, release) => {
        if (isLoginRefused(error) && connectionUrl(true) !== before) super.connect(callback);
        else callback(error, client, release);
      });
    }
  }
  return { ...pg, Pool: RenewingPool };
}
