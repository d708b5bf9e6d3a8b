import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One row that Kinetic committed, in the order of its commits. */
export interface Commit {
  readonly sequence: number;
  readonly table: string;
  readonly key: string;
  /** null: deleted. */
  readonly row: Readonly<Record<string, unknown>> | null;
}

interface LogLine {
  readonly sequence: number;
  readonly puts: readonly (readonly [string, string, Readonly<Record<string, unknown>> | null])[];
}

/** Columns that are kept, by table, so that a recorded state stays readable. */
const columns: Readonly<Record<string, readonly string[]>> = {
  Customer: ['CustNum', 'StripeCustomerID_c', 'Address2'],
  CashHead: ['CustNum', 'CheckRef'],
};

/**
 * Follows the transaction log of the Kinetic emulator (emulators/epicor-kinetic/README.md), so that every state of a customer is known and
 * not only the last one. The emulator compacts its log into a snapshot at a start and from time to time; transactions that were compacted
 * before they were read are a gap in the sequence numbers.
 */
export class KineticHistory {
  private commits: Commit[] = [];
  private last: number | undefined;
  private lost = 0;

  constructor(private readonly folder: string) {}

  /** Reads new transactions. Call it often, and before the emulator starts again. */
  read(): void {
    const file = join(this.folder, 'log.jsonl');
    if (!existsSync(file)) return;
    for (const text of readFileSync(file, 'utf8').split('\n').slice(0, -1)) {
      const line = JSON.parse(text) as LogLine;
      if (this.last !== undefined && line.sequence <= this.last) continue;
      if (this.last !== undefined && line.sequence > this.last + 1) this.lost += line.sequence - this.last - 1;
      this.last = line.sequence;
      for (const [table, key, row] of line.puts) {
        const kept = columns[table];
        if (!kept) continue;
        const part = row && Object.fromEntries(kept.map((column) => [column, row[column]]));
        this.commits.push({ sequence: line.sequence, table, key, row: part });
      }
    }
  }

  /** Commits since the last call, and the number of transactions that were compacted before they were read. */
  take(): { readonly commits: readonly Commit[]; readonly lost: number } {
    this.read();
    const taken = { commits: this.commits, lost: this.lost };
    this.commits = [];
    this.lost = 0;
    return taken;
  }
}
