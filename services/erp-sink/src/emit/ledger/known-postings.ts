import type { ErpReference } from '@tributary/connector-kit';
import type { Statement } from '@tributary/persistence';
import type { EntityManager } from 'typeorm';
import type { Standing } from '@tributary/posting';
import { fromLedgerJson } from './ledger-json.js';

/** A row of {@link readingKnown}. */
export interface KnownRow {
  readonly posting_key: string;
  readonly asked: boolean;
  readonly reference: unknown;
  readonly released: boolean;
}

/** Postings that others wait for or refer to, as read within one transaction. */
export class KnownPostings {
  /** Posting key -> reference of its document in the target, where it has one. */
  readonly references = new Map<string, ErpReference>();
  /** Posting key -> whether its document was requested, saved and released. Keys that the ledger does not have are absent. */
  readonly standings = new Map<string, Standing>();
  private readonly read = new Set<string>();

  /** Reads those of the keys that were not read before. */
  async load(tx: EntityManager, keys: readonly string[]): Promise<void> {
    const unread = [...new Set(keys)].filter((key) => !this.read.has(key));
    if (unread.length === 0) return;
    const { text, values = [] } = readingKnown(unread);
    this.add(unread, await tx.query<KnownRow[]>(text, [...values]));
  }

  /** Takes the rows of {@link readingKnown} for those keys. */
  add(keys: readonly string[], rows: readonly KnownRow[]): void {
    for (const key of keys) this.read.add(key);
    for (const { posting_key, asked, reference, released } of rows) {
      const saved = reference !== null;
      this.standings.set(posting_key, { asked: asked || saved, saved, released: saved && released });
      if (saved) this.references.set(posting_key, fromLedgerJson<ErpReference>(reference));
    }
  }
}

/** The statement that reads those postings. A saved document without a batch counts as released: its kind has no batches, or an operator named the document. */
export function readingKnown(keys: readonly string[]): Statement {
  return {
    text: `select posting_key, request_id is not null as asked, reference, released or batch_id is null as released
       from erp_sink.posting where posting_key = any($1)`,
    values: [keys],
  };
}
