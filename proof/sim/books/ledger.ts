import { newBatch, newPosting } from '@tributary/posting';
import type { Batch, Effect, Input, Posting } from '@tributary/posting';
import type { BooksCore } from './core.js';
import type { StoryRequest } from './documents.js';
import { batchOf, shortKeyOf } from './traits.js';
import type { ErpTraits } from './traits.js';

/** One row of the ledger of postings. */
export interface StoryRow {
  readonly request: StoryRequest;
  posting: Posting;
  batchId: string | undefined;
  released: boolean;
  waitingSince: number | undefined;
  /** Date that it was sent on. */
  date: string;
  result: string | undefined;
  code: string | undefined;
}

/** One batch of it. */
export interface StoryBatch {
  readonly id: string;
  readonly kind: string;
  readonly date: string;
  batch: Batch;
}

/** The ledger of postings and batches: each method is one transaction. Imitates services/erp-sink/src/emit/ledger and batches. */
export class StoryLedger {
  readonly rows = new Map<string, StoryRow>();
  readonly batches = new Map<string, StoryBatch>();

  constructor(
    private readonly core: BooksCore,
    private readonly traits: ErpTraits,
  ) {}

  /** The row of a request; made when it arrives. */
  rowOf(request: StoryRequest): StoryRow {
    const key = this.core.duties.keepsWholeKey || !this.traits.cutsKeys ? request.key : shortKeyOf(request.key);
    const known = this.rows.get(key);
    if (known) return known;
    const row: StoryRow = {
      ...{ request, posting: newPosting, batchId: undefined, released: false, waitingSince: undefined },
      ...{ date: request.date, result: undefined, code: undefined },
    };
    this.rows.set(key, row);
    return row;
  }

  /** What an arrival or a resumption tells the protocol about the needs of a request. */
  needsOf(row: StoryRow, now: number): { readonly missing: readonly string[]; readonly neverAsked: readonly string[] } {
    const { core } = this;
    if (row.request.needs.length === 0) return { missing: [], neverAsked: [] };
    const standings = new Map(
      row.request.needs.flatMap(({ postingKey }) => {
        const other = this.rows.get(postingKey);
        if (!other) return [];
        const saved = other.posting.reference !== undefined;
        return [[postingKey, { asked: true, saved, released: core.duties.readsReleased ? other.released : saved }] as const];
      }),
    );
    const needs = row.request.needs.map((need) => ({ ...need }));
    const found = core.prerequisitesOf(
      { dependsOn: [], needs } as unknown as Parameters<BooksCore['prerequisitesOf']>[0],
      standings,
      row.waitingSince,
      now,
    );
    row.waitingSince = found.missing.length > 0 ? (row.waitingSince ?? now) : undefined;
    return found;
  }

  /** One step, written. @returns the effects to act on. */
  step(row: StoryRow, input: Input, now: number): readonly Effect[] {
    const canDiscard = this.modeOf(row) !== 'none';
    const { posting, effects } = this.core.step(row.posting, input, now, { ...this.core.posting, canDiscard });
    row.posting = posting;
    if (!canDiscard) row.released = posting.reference !== undefined;
    for (const effect of effects)
      if (effect.kind === 'conclude') {
        row.result = effect.result;
        row.code = effect.code;
      }
    return effects;
  }

  /** How the batch of a document gets its id. */
  modeOf({ request }: StoryRow): 'named' | 'assigned' | 'none' {
    return batchOf(request.kind, this.traits).mode;
  }

  /** The batch that a document is entered in: an open one of its kind and date, else a new one. */
  enter(row: StoryRow, now: number): string {
    const { kind } = batchOf(row.request.kind, this.traits);
    const kept = row.batchId === undefined ? undefined : this.batches.get(row.batchId);
    if (kept && kept.date === row.date && (kept.batch.state === 'open' || kept.batch.state === 'closing')) return kept.id;
    const open = [...this.batches.values()].find((one) => one.kind === kind && one.date === row.date && one.batch.state === 'open');
    const id = open?.id ?? `B${this.batches.size}`;
    const batch = open?.batch ?? { ...newBatch, openedAt: now };
    this.batches.set(id, { id, kind, date: row.date, batch: { ...batch, documents: batch.documents + 1, lastDocumentAt: now } });
    row.batchId = id;
    return id;
  }

  /** A batch whose id came with the save: it holds one document and closes at once. */
  assign(row: StoryRow, id: string, now: number): void {
    row.batchId = id;
    if (this.batches.has(id)) return;
    const batch: Batch = { ...newBatch, state: 'closing', documents: 1, openedAt: now, lastDocumentAt: now };
    this.batches.set(id, { id, kind: batchOf(row.request.kind, this.traits).kind, date: row.date, batch });
  }

  /** Rows of a batch. */
  membersOf(id: string): StoryRow[] {
    return [...this.rows.values()].filter(({ batchId }) => batchId === id);
  }

  /** What a tick tells the protocol about a batch. */
  standingOf(id: string): { readonly unfinished: number; readonly unreleased: number; readonly needed: boolean } {
    const members = this.membersOf(id);
    const isUnfinished = ({ posting }: StoryRow): boolean =>
      posting.sentAt !== undefined || posting.half !== undefined || posting.state === 'claimed' || posting.state === 'unknown';
    const keys = new Set(members.map(({ request }) => request.key));
    const needed = [...this.rows.values()].some(
      ({ posting, request }) =>
        posting.state === 'waiting' && request.needs.some(({ postingKey, until }) => until === 'released' && keys.has(postingKey)),
    );
    return {
      unfinished: this.core.duties.releaseWaitsForUnfinished ? members.filter(isUnfinished).length : 0,
      unreleased: members.filter(({ posting, released }) => posting.state === 'posted' && !released).length,
      needed,
    };
  }
}
