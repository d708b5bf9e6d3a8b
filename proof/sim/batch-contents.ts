import type { Core } from './core.js';
import type { Row, SimDatabase } from './database.js';

/** What the ledger knows about the documents of a batch; see the SQL of services/erp-sink/src/emit/batches/batch.repository.ts. */
export class BatchContents {
  constructor(
    private readonly database: SimDatabase,
    private readonly glue: Core['glue'],
  ) {}

  /** Documents that have to come to an end before the batch may be released. */
  unfinished(batchId: string): number {
    if (!this.glue.releaseWaitsForUnfinished) return 0;
    let count = 0;
    for (const row of this.database.postings.values()) if (row.batchId === batchId && this.isUnfinished(row)) count += 1;
    return count;
  }

  /** Documents that are saved and not in the books. */
  unreleased(batchId: string): Row[] {
    const rows: Row[] = [];
    for (const row of this.database.postings.values()) if (row.batchId === batchId && isUnreleased(row)) rows.push(row);
    return rows;
  }

  /** Batches with documents that are not in the books. */
  withUnreleased(): Set<string> {
    const ids = new Set<string>();
    for (const row of this.database.postings.values()) if (row.batchId !== undefined && isUnreleased(row)) ids.add(row.batchId);
    return ids;
  }

  /** Whether a posting waits for the release of one of its documents. */
  isNeeded(batchId: string): boolean {
    const keys = new Set(this.unreleased(batchId).map(({ key }) => key));
    for (const { posting } of this.database.postings.values()) if (posting.waitingOn.some((key) => keys.has(key))) return true;
    return false;
  }

  private isUnfinished({ stored, posting }: Row): boolean {
    const { state, hasDuplicate, recheckAt, rechecks, half, sentAt } = posting;
    if (state === 'claimed' || state === 'unknown' || hasDuplicate) return true;
    // Held without an answer, it may be there in part.
    if (state === 'held' && sentAt !== undefined && (stored?.request.lines.length ?? 0) > 0) return true;
    return (half !== undefined && this.glue.releaseWaitsForHalf) || (recheckAt !== undefined && rechecks === 0);
  }
}

function isUnreleased({ posting, released }: Row): boolean {
  return posting.state === 'posted' && !released;
}
