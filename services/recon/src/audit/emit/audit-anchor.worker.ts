import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { withDatabase } from '@tributary/persistence';
import { BackgroundLoop } from '@tributary/platform';
import { DataSource } from 'typeorm';
import { appendAnchor, readAnchorFile } from './audit-anchor.js';

/** Injection token: {@link AnchorSettings}; undefined: no anchor file is configured. */
export const ANCHOR_SETTINGS = Symbol('ANCHOR_SETTINGS');

/** Where and how often the end of the chain is anchored. */
export interface AnchorSettings {
  readonly path: string;
  /** An anchor is written after so many rows, */
  readonly everyRows: number;
  /** or after this time when there is a new row, ms. */
  readonly everyMs: number;
}

const pollMs = 1_000;
const anchoring = 'anchoring the audit trail';

/** Writes the end of the chain to a file outside the database, so that a chain that was cut off or rewritten is noticed. */
@Injectable()
export class AuditAnchorWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(AuditAnchorWorker.name);
  private readonly loop = new BackgroundLoop({
    doing: anchoring,
    round: async () => {
      if (this.settings) await this.round(this.settings);
      return pollMs;
    },
    troubleMs: pollMs,
    warn: (text) => this.logger.warn(text),
  });
  private anchored: bigint | undefined;
  private anchoredAtMs = 0;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(ANCHOR_SETTINGS) private readonly settings: AnchorSettings | undefined,
  ) {}

  onApplicationBootstrap(): void {
    if (this.settings) this.loop.start();
    else this.logger.warn('AUDIT_ANCHOR_FILE is not set: an audit trail whose end was cut off could not be told from a whole one');
  }

  /** Anchors what is new a last time. */
  async onApplicationShutdown(): Promise<void> {
    await this.loop.stop();
    if (this.settings) await this.round(this.settings, true).catch((error: unknown) => this.warn(error));
  }

  /** Writes an anchor when one is due. @param now also before it is due. */
  async round({ path, everyRows, everyMs }: AnchorSettings, now = false): Promise<void> {
    const head = await this.head();
    this.anchored ??= readAnchorFile(path).anchors.reduce((top, { sequence }) => (sequence > top ? sequence : top), 0n);
    if (!head || head.sequence === this.anchored) return;
    if (head.sequence < this.anchored)
      throw new Error(`the anchor file has row ${this.anchored}, the audit trail ends with row ${head.sequence}: run \`audit verify\``);
    const isDue = head.sequence - this.anchored >= BigInt(everyRows) || Date.now() - this.anchoredAtMs >= everyMs;
    if (!isDue && !now) return;
    appendAnchor(path, { ...head, at: new Date().toISOString() });
    this.anchored = head.sequence;
    this.anchoredAtMs = Date.now();
  }

  private async head(): Promise<{ sequence: bigint; hash: string } | undefined> {
    const [row] = await withDatabase('reading the end of the audit trail', () =>
      this.dataSource.query<{ sequence: string; hash: string }[]>(
        'select a.sequence::text as sequence, a.hash from recon.audit a order by a.sequence desc limit 1',
      ),
    );
    return row && { sequence: BigInt(row.sequence), hash: row.hash };
  }

  private warn(error: unknown): void {
    this.logger.warn(`${anchoring}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
