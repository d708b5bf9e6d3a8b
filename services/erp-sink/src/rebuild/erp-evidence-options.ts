import type { ErpConnector } from '@tributary/connector-kit';
import type { DataSource } from 'typeorm';

/** How the target is asked for its documents. */
export interface ErpEvidenceOptions {
  readonly database: DataSource;
  readonly target: string;
  readonly connector: ErpConnector;
  /** Settle delay: time that the target may need to show what it has committed, ms. */
  readonly settleMs: number;
  /** Concurrent lookups, and the largest number of them per second. */
  readonly concurrency: number;
  readonly perSecond: number;
  onProgress(what: string, done: number): void;
  readonly signal: AbortSignal;
}
