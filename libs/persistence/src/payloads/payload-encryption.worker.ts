import { BackgroundLoop, observedGauge } from '@tributary/platform';
import type { DataSource } from 'typeorm';
import { encryptStored } from './encrypt-stored.js';
import { keyUse, rowsByKey } from './key-use.js';
import type { PayloadTable } from './payload-table.js';
import { payloadsOf } from './payloads-of.js';

/** How often it is asked whether there is another key, ms. */
const lookEveryMs = 60_000;
/** How often stored payloads are looked at without another key: a process of an earlier version may have stored some, ms. */
const againAfterMs = 86_400_000;

/** Settings of {@link PayloadEncryptionWorker}. */
export interface PayloadEncryptionOptions {
  readonly database: DataSource;
  readonly tables: readonly PayloadTable[];
  /** The parts of a logger that are written to. */
  readonly log: { info(text: string): void; warn(text: string): void };
}

/**
 * Encrypts in the background what was stored before there were keys, or with an older one: at the start, when there is another key, and once a
 * day. Then it says how many rows each key still has: a key with none may be taken out of PAYLOAD_KEYS. Several processes may do so at once.
 */
export class PayloadEncryptionWorker {
  private readonly loop: BackgroundLoop;
  private last: { readonly keyId: string; readonly at: number } | undefined;
  private rows: ReadonlyMap<string, number> = new Map();

  constructor(private readonly options: PayloadEncryptionOptions) {
    this.loop = new BackgroundLoop({
      doing: 'encrypting stored payloads',
      round: () => this.whenDue(),
      troubleMs: lookEveryMs,
      warn: (text) => options.log.warn(text),
    });
  }

  onApplicationBootstrap(): void {
    observedGauge(
      'tributary_payload_rows_of_older_keys',
      'Stored payloads that are encrypted with another key than the newest, or not at all.',
      () => this.older(),
    );
    this.loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }

  /** One run over all tables. @returns rows under each key afterwards, also of keys without any; '' for those that are not encrypted. */
  async round(): Promise<ReadonlyMap<string, number>> {
    const { database, tables, log } = this.options;
    const { signal } = this.loop;
    await encryptStored(database, tables, {
      signal,
      onProgress: ({ column, encrypted, unreadable, problem }) => {
        if (encrypted > 0) log.info(`encrypted ${encrypted} payloads of ${column} with the newest key`);
        if (unreadable > 0)
          log.warn(`${unreadable} payloads of ${column} cannot be decrypted and stay as they are; the first: ${problem ?? ''}`);
      },
    });
    const none = payloadsOf(database).keyIds.map((keyId): [string, number] => [keyId, 0]);
    this.rows = new Map([...none, ...rowsByKey(await keyUse(database, tables))]);
    log.info(`stored payloads: ${describe(this.rows)}`);
    return this.rows;
  }

  private older(): number {
    const { keyId = '' } = payloadsOf(this.options.database);
    return [...this.rows].reduce((sum, [id, rows]) => (id === keyId ? sum : sum + rows), 0);
  }

  private async whenDue(): Promise<number> {
    const { keyId } = payloadsOf(this.options.database);
    const isDue = keyId !== undefined && (keyId !== this.last?.keyId || Date.now() - this.last.at >= againAfterMs);
    if (isDue) {
      await this.round();
      this.last = { keyId, at: Date.now() };
    }
    return lookEveryMs;
  }
}

function describe(rows: ReadonlyMap<string, number>): string {
  const each = [...rows].map(([keyId, count]) => (keyId === '' ? `${count} not encrypted` : `${count} with the key "${keyId}"`));
  return each.join(', ');
}
