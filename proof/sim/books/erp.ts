import type { Dice } from '../../chaos/dice.js';
import type { Engine } from '../engine.js';
import { days, openDay } from './documents.js';
import type { EntryLine, StoryRequest } from './documents.js';
import { batchOf, shortKeyOf } from './traits.js';
import type { ErpTraits } from './traits.js';

/** A document as the ERP has it. */
export interface ErpRow {
  readonly request: StoryRequest;
  readonly reference: string;
  readonly date: string;
  /** Line key -> how often it is there. */
  readonly lines: Map<string, number>;
  batchId: string;
  released: boolean;
}

/** One entry of the general ledger. */
export interface LedgerEntry {
  readonly key: string;
  readonly lines: readonly EntryLine[];
}

/** A batch as the ERP has it. */
export interface ErpGroup {
  state: 'open' | 'posting' | 'posted' | 'failed';
  readonly kind: string;
  readonly date: string;
}

/** The ERP's own state: documents that can be there in part, batches, a ledger that posts at release, periods. It has no idempotency keys. */
export class BooksErp {
  readonly documents: ErpRow[] = [];
  readonly groups = new Map<string, ErpGroup>();
  readonly ledger: LedgerEntry[] = [];
  readonly closed = new Set<string>();
  /** What must never happen, as soon as it did. */
  readonly wrongs: string[] = [];
  private lastNumber = 0;
  /** Numbers of deleted documents. */
  private readonly freed: string[] = [];
  private assigned = 0;

  constructor(
    readonly engine: Engine,
    readonly dice: Dice,
    readonly traits: ErpTraits,
    private readonly struck: (trait: 'number-comes-back' | 'keys-collide') => void,
  ) {}

  /** Rows with this posting key. */
  of(key: string): ErpRow[] {
    return this.documents.filter(({ request }) => request.key === key);
  }

  /** Rows that a search for a posting key finds: where keys are cut, also those of others. */
  found(key: string): ErpRow[] {
    return this.traits.cutsKeys ? this.documents.filter(({ request }) => shortKeyOf(request.key) === shortKeyOf(key)) : this.of(key);
  }

  /** A document of another posting key that has the same short one. */
  taken(key: string): ErpRow | undefined {
    return this.found(key).find(({ request }) => request.key !== key);
  }

  /** The document with a number. */
  numbered(reference: string): ErpRow | undefined {
    return this.documents.find((row) => row.reference === reference);
  }

  private nextNumber(): string {
    const freed = this.traits.repeatsNumbers ? this.freed.shift() : undefined;
    if (freed !== undefined) this.struck('number-comes-back');
    return freed ?? String((this.lastNumber += 1));
  }

  /** Stores the header of a document that has no row yet as far as the caller knows, and so many of its lines. */
  store(request: StoryRequest, date: string, batchId: string | undefined, lines: readonly string[]): ErpRow {
    const { kind, mode } = batchOf(request.kind, this.traits);
    const id = mode === 'assigned' ? `A${(this.assigned += 1)}` : (batchId ?? '');
    if (mode !== 'none') {
      const group = this.groups.get(id) ?? { state: 'open', kind, date };
      this.groups.set(id, group);
      if (group.state !== 'open') this.wrongs.push(`I3: ${request.key} is entered in batch ${id}, which is ${group.state}`);
    }
    if (this.taken(request.key)) this.struck('keys-collide');
    const row: ErpRow = { request, reference: this.nextNumber(), date, lines: new Map(), batchId: id, released: false };
    this.documents.push(row);
    this.addLines(row, lines);
    if (mode === 'none') this.toLedger(row);
    return row;
  }

  /** Adds lines to a document: a line that is there already is there twice then. */
  addLines(row: ErpRow, lines: readonly string[]): void {
    for (const line of lines) row.lines.set(line, (row.lines.get(line) ?? 0) + 1);
    if ([...row.lines.values()].some((count) => count > 1)) this.wrongs.push(`I3: ${row.request.key} has a line twice`);
  }

  /** Whether a day is open. */
  isOpen(date: string): boolean {
    return !this.closed.has(date);
  }

  /** Fiscal periods, as the connector tells them. */
  periods(): { readonly from: string; readonly to: string; readonly open: boolean }[] {
    return [...days, openDay].map((day) => ({ from: day, to: day, open: this.isOpen(day) }));
  }

  /** Deletes a document with its lines. */
  discard(row: ErpRow): void {
    this.documents.splice(this.documents.indexOf(row), 1);
    this.freed.push(row.reference);
  }

  /** Releases a batch: its documents reach the ledger. @returns why not. */
  release(batchId: string): string | undefined {
    const group = this.groups.get(batchId);
    if (!group) return 'there is no such batch';
    if (group.state === 'posting') this.wrongs.push(`I3: batch ${batchId} is released again while the ERP posts it`);
    if (group.state === 'posted') return undefined;
    const rows = this.documents.filter((row) => row.batchId === batchId);
    const shut = rows.find(({ date }) => !this.isOpen(date));
    if (shut) {
      group.state = 'failed';
      return `the period of ${shut.date} is closed`;
    }
    group.state = 'posted';
    for (const row of rows) this.toLedger(row);
    return undefined;
  }

  private toLedger(row: ErpRow): void {
    row.released = true;
    const { request, lines } = row;
    const missing = request.lines.filter((line) => !lines.has(line));
    if (missing.length > 0) this.wrongs.push(`I11: ${request.key} is released without its lines ${missing.join(', ')}`);
    const sum = request.effect.reduce((total, { amount }) => total + amount, 0);
    if (sum !== 0) this.wrongs.push(`I11: the entry of ${request.key} is out of balance by ${sum}`);
    for (const { postingKey, until } of request.needs)
      if (until === 'released' && !this.of(postingKey).some(({ released }) => released))
        this.wrongs.push(`I14: ${request.key} is released before ${postingKey}`);
    for (const key of request.applies ? [request.applies.from, request.applies.to] : [])
      if (!this.of(key).some(({ released }) => released)) this.wrongs.push(`I14: ${request.key} settles ${key}, which is not released`);
    this.ledger.push({ key: request.key, lines: request.effect });
  }
}
