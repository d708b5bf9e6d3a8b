import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Put } from './transaction.js';
import { Transaction } from './transaction.js';

interface LogLine<Value> {
  readonly sequence: number;
  readonly puts: readonly Put<Value>[];
}

/** Lines of the log after which it is folded into a snapshot. */
const linesPerSnapshot = 5_000;

/**
 * The emulator's data. A transaction is on disk before its caller is answered, so that kill -9 keeps everything that was
 * committed: one line per transaction is appended to `log.jsonl`, which is folded into `snapshot.json` from time to time.
 * Without a folder it lives in memory.
 */
export class Store<Value> {
  private readonly tables = new Map<string, Map<string, Record<string, Value>>>();
  private sequence = 0;
  private linesInLog = 0;
  private log: number | undefined;

  /**
   * @param fsync survives the loss of the machine too, not only of the process.
   * @param parse reads what JSON.stringify wrote: where numbers keep their digits, readJson.
   */
  constructor(
    private readonly folder?: string,
    private readonly fsync = false,
    private readonly parse: (text: string) => unknown = JSON.parse,
  ) {
    if (!folder) return;
    mkdirSync(folder, { recursive: true });
    this.recover(folder);
    this.log = openSync(join(folder, 'log.jsonl'), 'a');
    this.fold();
  }

  /** Runs one call's work; its writes are stored together or, when it throws, not at all. */
  transaction<T>(work: (transaction: Transaction<Value>) => T): T {
    const transaction = new Transaction<Value>(this);
    const result = work(transaction);
    const puts = transaction.puts();
    if (puts.length > 0) this.commit(puts);
    return result;
  }

  row(table: string, key: string): Record<string, Value> | undefined {
    return this.tables.get(table)?.get(key);
  }

  entries(table: string): Iterable<readonly [string, Record<string, Value>]> {
    return this.tables.get(table) ?? [];
  }

  rows(table: string): Record<string, Value>[] {
    return [...(this.tables.get(table)?.values() ?? [])];
  }

  /** Forgets everything. */
  clear(): void {
    this.tables.clear();
    this.fold();
  }

  close(): void {
    if (this.log !== undefined) closeSync(this.log);
    this.log = undefined;
  }

  private commit(puts: readonly Put<Value>[]): void {
    this.sequence += 1;
    if (this.log !== undefined) {
      writeAll(this.log, `${JSON.stringify({ sequence: this.sequence, puts } satisfies LogLine<Value>)}\n`);
      if (this.fsync) fsyncSync(this.log);
    }
    this.apply(puts);
    this.linesInLog += 1;
    if (this.linesInLog >= linesPerSnapshot) this.fold();
  }

  private apply(puts: readonly Put<Value>[]): void {
    for (const [table, key, row] of puts) {
      let rows = this.tables.get(table);
      if (!rows) this.tables.set(table, (rows = new Map()));
      if (row === null) rows.delete(key);
      else rows.set(key, row);
    }
  }

  private recover(folder: string): void {
    const snapshot = join(folder, 'snapshot.json');
    if (existsSync(snapshot)) {
      const { sequence, puts } = this.parse(readFileSync(snapshot, 'utf8')) as LogLine<Value>;
      this.sequence = sequence;
      this.apply(puts);
    }
    const log = join(folder, 'log.jsonl');
    if (!existsSync(log)) return;
    for (const text of readFileSync(log, 'utf8').split('\n').slice(0, -1)) {
      // A kill between the new snapshot and the new log leaves lines that the snapshot already holds.
      const line = this.parse(text) as LogLine<Value>;
      if (line.sequence <= this.sequence) continue;
      this.apply(line.puts);
      this.sequence = line.sequence;
    }
  }

  /** Snapshot first, under its final name in one step; only then an empty log. */
  private fold(): void {
    this.linesInLog = 0;
    if (!this.folder || this.log === undefined) return;
    const puts = [...this.tables].flatMap(([table, rows]) => [...rows].map(([key, row]): Put<Value> => [table, key, row]));
    const next = join(this.folder, 'snapshot.json.next');
    const file = openSync(next, 'w');
    writeAll(file, JSON.stringify({ sequence: this.sequence, puts } satisfies LogLine<Value>));
    fsyncSync(file);
    closeSync(file);
    renameSync(next, join(this.folder, 'snapshot.json'));
    closeSync(this.log);
    this.log = openSync(join(this.folder, 'log.jsonl'), 'w');
  }
}

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
}
