import { Inject, Injectable } from '@nestjs/common';
import type { ErpConnector, ErpReference } from '@tributary/connector-kit';
import { newerStateOf, newPosting, step } from '@tributary/posting';
import type { Effect, Input, Posting } from '@tributary/posting';
import type { EntityManager } from 'typeorm';
import { composeDocument } from '../../decide/document.js';
import type { Composed } from '../../decide/document.js';
import { BatchChooser } from '../batches/batch-chooser.js';
import type { Settled } from './group-commit.js';
import { fromLedgerJson, toLedgerJson } from './ledger-json.js';
import { readColumns, rowOf, writtenColumns, writtenRow } from './ledger-row.js';
import type { Conclusion, LedgerRow, RawRow, StoredRequest } from './ledger-row.js';
import { Lease, startStopwatch } from '../calls/lease.js';
import type { Stopwatch } from '../calls/lease.js';
import { OutcomeRepository } from './outcome.repository.js';
import { toStorable } from './storable-text.js';
import { PostingTakenError } from '../posting.errors.js';
import { CONNECTOR, POSTING_POLICY, TARGET } from '../tokens.js';
import type { PolicyOf } from '../tokens.js';
import type { Words } from './words.js';

type IoEffect = Extract<Effect, { kind: 'lookup' | 'post' | 'busy' | 'fail' | 'fenced' }>;

/** One step that one posting is to take. */
export interface WantedStep {
  readonly key: string;
  /** A row is made when there is none, of a document of this kind. */
  readonly kind?: string;
  /** The request that has just arrived, when it is one. */
  readonly arrived?: StoredRequest;
  /** The request that the row is for, when the caller still has it: it need not be read again. */
  readonly known?: StoredRequest | undefined;
  /** Conclusions are left for publication from the ledger, since no message brings them again. */
  readonly due: boolean;
  /** What it asks of the documents that it depends on, by posting key. */
  dependsOn(stored: StoredRequest | undefined): readonly string[];
  /** @param missing those of them that are not there. @param earlier the last word about the request that arrived. */
  input(missing: readonly string[], earlier: Conclusion | undefined): Input;
}

/** What one step wrote, and what it asks for. */
export interface Stepped {
  readonly row: LedgerRow;
  /** The effect to act on, when there is one. */
  readonly next: IoEffect | undefined;
  /** What was concluded, in order. */
  readonly conclusions: readonly Conclusion[];
  /** For `post`: what to send. */
  readonly composed: Composed | undefined;
  /** How long the claim holds that the effect is acted on under. */
  readonly lease: Lease;
}

interface Locked {
  readonly row: LedgerRow;
  readonly now: number;
}

type References = Map<string, ErpReference>;

interface Taken extends Locked {
  readonly wanted: WantedStep;
  readonly posting: Posting;
  readonly effects: readonly Effect[];
  readonly next: IoEffect | undefined;
}

/**
 * The steps of some postings in one transaction: lock their rows, apply the pure step of libs/posting to each, write the rows where their
 * fences are still the ones that were read, write the words. The clock is PostgreSQL's: one for all pods.
 */
@Injectable()
export class LedgerSteps {
  constructor(
    @Inject(CONNECTOR) private readonly connector: ErpConnector,
    @Inject(POSTING_POLICY) private readonly policyOf: PolicyOf,
    @Inject(TARGET) private readonly target: string,
    @Inject(BatchChooser) private readonly batches: BatchChooser,
    @Inject(OutcomeRepository) private readonly outcomes: OutcomeRepository,
  ) {}

  /** @param group of different keys. @returns one result for each, in their order: a step that cannot be taken writes nothing. */
  async take(tx: EntityManager, group: readonly WantedStep[]): Promise<Settled<Stepped>[]> {
    // Before the clock of PostgreSQL is read, so that a lease is never longer here than there.
    const asked = startStopwatch();
    const made = await this.made(tx, group);
    const old = group.filter(({ key }) => !made.has(key));
    const locked = new Map([...made, ...(await this.lock(tx, old))]);
    const storedOf = ({ key }: WantedStep): StoredRequest | undefined => locked.get(key)?.row.stored;
    // Of a posting that nobody knew, nobody can have said anything.
    const spokenOf = old.flatMap((wanted) =>
      [wanted.arrived, storedOf(wanted), locked.get(wanted.key)?.row.setAside].flatMap((request) => request?.requestId ?? []),
    );
    const words = await this.outcomes.wordsAbout(tx, [...new Set(spokenOf)]);
    const there = await this.references(
      tx,
      group.flatMap((wanted) => wanted.dependsOn(storedOf(wanted))),
      new Map(),
    );
    const taken = group.map((wanted) => attempt(() => this.decide(wanted, locked.get(wanted.key) as Locked, words, there)));
    const posts = taken.flatMap((one) =>
      one.ok && one.value.next?.kind === 'post'
        ? [storedAfter(one.value), newerStateAfter(one.value)].flatMap((request) => request?.value.dependsOn ?? [])
        : [],
    );
    await this.references(tx, posts, there);

    const rows: object[] = [];
    const results: Settled<Stepped>[] = [];
    for (const one of taken) {
      if (!one.ok) results.push(one);
      else results.push(await this.result(tx, one.value, { words, there, asked, rows }));
    }
    await this.write(tx, rows);
    await this.outcomes.write(tx, words);
    return results;
  }

  private decide(wanted: WantedStep, { row, now }: Locked, words: Words, there: References): Taken {
    const { arrived } = wanted;
    const missing = wanted.dependsOn(row.stored).filter((key) => !there.has(key));
    const input = wanted.input(missing, arrived && words.of(arrived.requestId));
    const { posting, effects } = step(row.posting, input, now, this.policyOf((arrived ?? row.stored)?.value.kind ?? ''));
    return { wanted, row, now, posting, effects, next: effects.find(isIo) };
  }

  /** Throws what PostgreSQL says about a batch, which ends the transaction; what cannot be composed or said is that step's own failure. */
  private async result(
    tx: EntityManager,
    taken: Taken,
    { words, there, asked, rows }: { words: Words; there: References; asked: Stopwatch; rows: object[] },
  ): Promise<Settled<Stepped>> {
    const { wanted, row, now, posting, effects, next } = taken;
    const stored = storedAfter(taken);
    let composed: Composed | undefined;
    let { batchId } = row;
    if (next?.kind === 'post' && stored) {
      const made = attempt(() => composeDocument(stored.value, there, posting.reference, newerStateAfter(taken)?.value));
      if (!made.ok) return made;
      composed = made.value;
      if (composed.kind === 'document') {
        const wantedBatch = this.connector.batchOf?.(composed.document);
        batchId = wantedBatch && (await this.batches.choose(tx, this.target, wantedBatch, row.batchId, now));
        if (batchId !== undefined) composed = { kind: 'document', document: { ...composed.document, batchId } };
      }
    } else if (isSurelyNotThere(posting)) batchId = undefined;
    else if (effects.some((effect) => effect.kind === 'conclude' && effect.result === 'adopted'))
      batchId = this.batchOfAdopted(posting, stored, batchId);

    const after: LedgerRow = { ...row, posting, stored, setAside: requestOf(taken, posting.setAside?.requestId), batchId };
    return attempt(() => {
      const conclusions = words.conclude({ before: row, after, arrived: wanted.arrived, due: wanted.due }, effects, now);
      const text = effects.flatMap((effect) => ('text' in effect && effect.text !== undefined ? [effect.text] : [])).at(-1);
      if (posting !== row.posting) rows.push(writtenRow(row, after, text));
      return { row: after, next, composed, lease: new Lease(asked, posting.leaseUntil - now), conclusions };
    });
  }

  /** What is found may have been entered by an earlier call, in an earlier batch than the last one. */
  private batchOfAdopted(posting: Posting, stored: StoredRequest | undefined, batchId: string | undefined): string | undefined {
    const entered = posting.reference && stored && this.connector.batchIdOf?.(stored.value.kind, posting.reference);
    return entered === undefined || entered === '' ? batchId : entered;
  }

  /**
   * A row for every posting key of a request, so that there is something to lock: those that were not there, locked by being made. In one
   * order everywhere, or two pods would wait for each other.
   */
  private async made(tx: EntityManager, group: readonly WantedStep[]): Promise<Map<string, Locked>> {
    const rows = group.filter(({ kind }) => kind !== undefined);
    if (rows.length === 0) return new Map();
    const made = await tx.query<{ posting_key: string; now: Date }[]>(
      `insert into erp_sink.posting (posting_key, target, kind)
       select posting_key, $2, kind from unnest($1::text[], $3::text[]) as wanted (posting_key, kind) order by posting_key
       on conflict do nothing returning posting_key, clock_timestamp() as now`,
      [rows.map(({ key }) => key), this.target, rows.map(({ kind = '' }) => toStorable(kind))],
    );
    return new Map(made.map(({ posting_key, now }) => [posting_key, { row: nothingYet(posting_key), now: now.getTime() }]));
  }

  /** Rows that are there, each with the time at which it was locked. A key without a row has nothing in it yet. */
  private async lock(tx: EntityManager, group: readonly WantedStep[]): Promise<Map<string, Locked>> {
    if (group.length === 0) return new Map();
    const known = new Map(group.flatMap(({ known: one }) => (one ? [[one.requestId, one] as const] : [])));
    const raws = await tx.query<(RawRow & { now: Date })[]>(
      `with locked as materialized (select * from erp_sink.posting where posting_key = any($1) order by posting_key for update)
       select ${readColumns}, case when request_id = any($2) then null else request end as request,
         case when request_id = any($2) then null else origin end as origin, clock_timestamp() as now from locked`,
      [group.map(({ key }) => key), [...known.keys()].map(toStorable)],
    );
    const found = new Map(raws.map((raw) => [raw.posting_key, { row: rowOf(raw, known), now: raw.now.getTime() }]));
    const now = raws.at(-1)?.now.getTime() ?? 0;
    return new Map(group.map(({ key }) => [key, found.get(key) ?? { row: nothingYet(key), now }]));
  }

  /** Adds what the target calls those documents to what is known. */
  private async references(tx: EntityManager, keys: readonly string[], known: References): Promise<References> {
    const unknown = [...new Set(keys)].filter((key) => !known.has(key));
    if (unknown.length === 0) return known;
    const rows = await tx.query<{ posting_key: string; reference: ErpReference }[]>(
      'select posting_key, reference from erp_sink.posting where posting_key = any($1) and reference is not null',
      [unknown],
    );
    for (const { posting_key, reference } of rows) known.set(posting_key, fromLedgerJson(reference));
    return known;
  }

  private async write(tx: EntityManager, rows: readonly object[]): Promise<void> {
    if (rows.length === 0) return;
    const [, affected] = await tx.query<[unknown, number]>(
      `update erp_sink.posting p set state = w.state, fence = w.fence, lease_until = w.lease_until, attempts = w.attempts, looks = w.looks,
         sent_at = w.sent_at, parked = w.parked, not_before = w.not_before,
         request_id = coalesce(w.request_id, p.request_id), request = coalesce(w.request, p.request),
         record_key = coalesce(w.record_key, p.record_key), origin = case when w.request_id is null then p.origin else w.origin end,
         version = w.version, applied_digest = w.applied_digest, reference = w.reference, waiting_on = w.waiting_on, batch_id = w.batch_id,
         text = w.text, resent_at = w.resent_at, recheck_at = w.recheck_at, rechecks = w.rechecks, twice = w.twice,
         applied_amount = w.applied_amount, set_aside = w.set_aside, released = p.released and not w.twice, changed_at = clock_timestamp()
       from json_to_recordset($1::json) as w (${writtenColumns})
       where p.posting_key = w.posting_key and p.fence = w.was`,
      [toLedgerJson(rows)],
    );
    // The rows are locked, so this cannot happen; should it, nothing may be written (I7).
    if (affected !== rows.length)
      throw new PostingTakenError(`recording ${rows.length} postings: ${rows.length - affected} have another fence by now`, {});
  }
}

function nothingYet(key: string): LedgerRow {
  return { key, posting: newPosting, stored: undefined, setAside: undefined, batchId: undefined };
}

function attempt<T>(work: () => T): Settled<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return { ok: false, error };
  }
}

function storedAfter(taken: Taken): StoredRequest | undefined {
  return requestOf(taken, taken.posting.request?.requestId) ?? taken.row.stored;
}

/** The request whose fields go over those of the posting's own request. */
function newerStateAfter(taken: Taken): StoredRequest | undefined {
  return requestOf(taken, newerStateOf(taken.posting)?.requestId);
}

function requestOf({ wanted: { arrived }, row }: Taken, requestId: string | undefined): StoredRequest | undefined {
  return requestId === undefined ? undefined : [arrived, row.stored, row.setAside].find((one) => one?.requestId === requestId);
}

/** Neither is a call under way nor may one still be committed: so it is in no batch. */
function isSurelyNotThere({ sentAt, resentAt, state }: Posting): boolean {
  return sentAt === undefined && resentAt === undefined && (state === 'new' || state === 'rejected' || state === 'waiting');
}

function isIo(effect: Effect): effect is IoEffect {
  return effect.kind !== 'conclude' && effect.kind !== 'repeat';
}
