import { payloadsOf } from '@tributary/persistence';
import type { Statement } from '@tributary/persistence';
import { neededKeys } from '@tributary/posting';
import type { EntityManager } from 'typeorm';
import { newRow } from '../../decide/ledger-model.js';
import type { LockedRow, WantedStep } from '../../decide/step-postings.js';
import { KnownPostings, readingKnown } from './known-postings.js';
import type { KnownRow } from './known-postings.js';
import { readColumns, rowOf } from './ledger-row.js';
import type { RawRow } from './ledger-row.js';
import { outcomesOf } from './outcome.repository.js';
import type { OutcomeRepository } from './outcome.repository.js';
import type { RawOutcome } from './outcome-row.js';
import { OutcomeUnitOfWork } from './outcome-unit-of-work.js';
import { fromStorable, toStorable } from './storable-text.js';

/** What the steps of a group read, with the locks that they hold from then on. */
export interface ReadSteps {
  /** Posting key -> its row. */
  readonly locked: ReadonlyMap<string, LockedRow>;
  /** Outcomes of the requests of rows that were there before. */
  readonly outcomes: OutcomeUnitOfWork;
  /** Postings that arriving requests need. */
  readonly known: KnownPostings;
}

type InsertedRow = Pick<RawRow, 'posting_key'> & { now: Date };
type LockedRaw = RawRow & { now: Date };

/** What is read for a group of steps of different postings, in statements that need no answer of each other: they are sent in one piece. */
export class StepReads {
  readonly statements: readonly Statement[];
  private readonly needed: readonly string[];

  constructor(
    private readonly group: readonly WantedStep[],
    target: string,
  ) {
    this.needed = [...new Set(group.flatMap((wanted) => neededOf(wanted)))];
    const keys = group.map(({ key }) => key);
    this.statements = [
      insertingMissing(group, target),
      lockingExisting(keys, group),
      lockingOutcomes(keys, group),
      ...(this.needed.length > 0 ? [readingKnown(this.needed)] : []),
    ];
  }

  /** @param rows of {@link statements}, in their order. */
  async of(tx: EntityManager, rows: readonly unknown[][], repository: OutcomeRepository): Promise<ReadSteps> {
    const [inserted, existing, said, needed = []] = rows as [InsertedRow[], LockedRaw[], RawOutcome[], KnownRow[]?];
    const { group } = this;
    const locked = lockedRows(group, inserted, existing, tx);
    const known = new KnownPostings();
    known.add(this.needed, needed);
    // A new posting has no recorded outcomes.
    const isNew = new Set(inserted.map(({ posting_key }) => posting_key));
    const requests = group
      .filter(({ key }) => !isNew.has(key))
      .flatMap(({ key, arrived }) => [arrived, locked.get(key)?.row.stored, locked.get(key)?.row.setAside]);
    const wanted = new Set(requests.flatMap((request) => request?.requestId ?? []));
    const read = outcomesOf(
      said.filter(({ request_id }) => wanted.has(fromStorable(request_id))),
      payloadsOf(tx),
    );
    const unread = [...wanted].filter((id) => !this.covers(id, existing));
    const rest = unread.length === 0 ? undefined : await repository.load(tx, unread);
    for (const id of unread) {
      const conclusion = rest?.of(id);
      if (conclusion) read.set(id, conclusion);
    }
    return { locked, known, outcomes: new OutcomeUnitOfWork(read) };
  }

  /** Whether the outcome of a request would have been among those that were read. */
  private covers(id: string, existing: readonly LockedRaw[]): boolean {
    const stored = toStorable(id);
    return (
      this.group.some(({ arrived }) => arrived?.requestId === id) ||
      existing.some(({ request_id, set_aside }) => request_id === stored || setAsideIdOf(set_aside) === stored)
    );
  }
}

function setAsideIdOf(setAside: unknown): unknown {
  return (setAside as { requestId?: unknown } | null)?.requestId;
}

/** Postings that the request of a step needs, as far as it is known before the row is read. */
function neededOf(wanted: WantedStep): string[] {
  const request = wanted.waits(undefined);
  return request ? neededKeys(request.value) : [];
}

function lockedRows(
  group: readonly WantedStep[],
  inserted: readonly InsertedRow[],
  existing: readonly LockedRaw[],
  tx: EntityManager,
): Map<string, LockedRow> {
  const requests = new Map(group.flatMap(({ known }) => (known ? [[known.requestId, known] as const] : [])));
  const locked = new Map<string, LockedRow>();
  for (const { posting_key, now } of inserted) locked.set(posting_key, { row: newRow(posting_key), now: now.getTime() });
  for (const raw of existing) locked.set(raw.posting_key, { row: rowOf(raw, payloadsOf(tx), requests), now: raw.now.getTime() });
  // A key without a row is a new posting.
  const now = existing.at(-1)?.now.getTime() ?? 0;
  for (const { key } of group) if (!locked.has(key)) locked.set(key, { row: newRow(key), now });
  return locked;
}

/** Inserts missing rows, which also locks them. Sorted by key, so that two pods cannot deadlock. */
function insertingMissing(group: readonly WantedStep[], target: string): Statement {
  const rows = group.filter(({ kind }) => kind !== undefined);
  return {
    text: `insert into erp_sink.posting (posting_key, target, kind)
       select posting_key, $2, kind from unnest($1::text[], $3::text[]) as wanted (posting_key, kind) order by posting_key
       on conflict do nothing returning posting_key, clock_timestamp() as now`,
    values: [rows.map(({ key }) => key), target, rows.map(({ kind = '' }) => toStorable(kind))],
  };
}

/** Locks the rows that this transaction did not insert, and reads each with the time at which it was locked. */
function lockingExisting(keys: readonly string[], group: readonly WantedStep[]): Statement {
  const known = group.flatMap(({ known: one }) => (one ? [toStorable(one.requestId)] : []));
  return {
    text: `with locked as materialized (
         select * from erp_sink.posting where posting_key = any($1) and xmin <> pg_current_xact_id()::xid order by posting_key for update)
       select ${readColumns}, case when request_id = any($2) then null else request end as request,
         case when request_id = any($2) then null else origin end as origin, clock_timestamp() as now from locked`,
    values: [keys, known],
  };
}

/** Locks and reads the outcomes of the requests that arrive, and of those that the rows have. */
function lockingOutcomes(keys: readonly string[], group: readonly WantedStep[]): Statement {
  return {
    text: `select * from erp_sink.outcome where request_id in (
         select unnest($1::text[])
         union select unnest(array[request_id, set_aside ->> 'requestId']) from erp_sink.posting where posting_key = any($2))
       order by request_id for update`,
    values: [group.flatMap(({ arrived }) => (arrived ? [toStorable(arrived.requestId)] : [])), keys],
  };
}
