import type { ErpConnector } from '@tributary/connector-kit';
import type { DataSource } from 'typeorm';

/** How the target is asked for its documents. */
export interface ErpEvidenceOptions {
  readonly database: DataSource;
  readonly target: string;
  readonly connector: ErpConnector;
  /** Time that the target may need to show what it has committed, ms. */
  readonly settleMs: number;
  /** Look-ups side by side, and at most so many a second. */
  readonly concurrency: number;
  readonly perSecond: number;
  onProgress(what: string, done: number): void;
  readonly signal: AbortSignal;
}
