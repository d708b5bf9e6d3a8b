import { Inject, Injectable } from '@nestjs/common';
import type { ErpConnector } from '@tributary/connector-kit';
import { payloadsOf } from '@tributary/persistence';
import { neededKeys, newPosting, noPrerequisites } from '@tributary/posting';
import type { Posting } from '@tributary/posting';
import type { EntityManager } from 'typeorm';
import type { Composed } from '../../decide/document.js';
import { decideStep, isCertainlyAbsent, neededReferences } from '../../decide/step-postings.js';
import type { DecidedStep, IoEffect, KnownReferences, LockedRow, WantedStep } from '../../decide/step-postings.js';
import type { Settled } from './group-commit.js';
import { AssignedBatches } from '../batches/assigned-batches.js';
import { DocumentComposer } from './document-composer.js';
import { KnownPostings } from './known-postings.js';
import { toLedgerJson } from './ledger-json.js';
import { readColumns, rowOf, writtenColumns, writtenRow } from './ledger-row.js';
import type { Conclusion, LedgerRow, RawRow, StoredRequest } from './ledger-row.js';
import { Lease, startStopwatch } from '../../call-deadline.js';
import type { Stopwatch } from '../../call-deadline.js';
import { OutcomeRepository } from './outcome.repository.js';
import { toStorable } from './storable-text.js';
import { PostingTakenError } from '../posting.errors.js';
import { CONNECTOR, POSTING_POLICY, TARGET } from '../tokens.js';
import type { PolicyOf } from '../../policies.js';
import type { OutcomeUnitOfWork } from './outcome-unit-of-work.js';

/** What one step wrote, and what it asks for. */
export interface StepResult {
  readonly row: LedgerRow;
  /** The effect to act on, when there is one. */
  readonly next: IoEffect | undefined;
  /** Outcomes that the step recorded, in order. */
  readonly conclusions: readonly Conclusion[];
  /** For `post`: what to send. */
  readonly composed: Composed | undefined;
  /** Lease of the claim under which the effect is carried out. */
  readonly lease: Lease;
}

/**
 * The SQL of the posting ledger: takes the steps of some postings in one transaction. Locks their rows, decides each step
 * (decide/step-postings.ts), and writes rows and outcomes under the fences that were read. The clock is PostgreSQL's: one for all pods.
 */
@Injectable()
export class LedgerRepository {
  constructor(
    @Inject(CONNECTOR) private readonly connector: ErpConnector,
    @Inject(POSTING_POLICY) private readonly policyOf: PolicyOf,
    @Inject(TARGET) private readonly target: string,
    @Inject(DocumentComposer) private readonly composer: DocumentComposer,
    @Inject(AssignedBatches) private readonly assigned: AssignedBatches,
    @Inject(OutcomeRepository) private readonly outcomes: OutcomeRepository,
  ) {}

  /**
   * Takes one step of each posting. @param group of different keys. @returns one result for each, in their order: a step that cannot be
   * taken writes nothing.
   */
  async take(tx: EntityManager, group: readonly WantedStep[]): Promise<Settled<StepResult>[]> {
    // Started before PostgreSQL's clock is read, so that a lease is never longer here than in the ledger.
    const asked = startStopwatch();
    const inserted = await this.insertMissing(tx, group);
    const existing = group.filter(({ key }) => !inserted.has(key));
    const locked = new Map([...inserted, ...(await this.lock(tx, existing))]);
    const rowOfStep = ({ key }: WantedStep): LedgerRow | undefined => locked.get(key)?.row;
    // A new posting has no recorded outcomes, so they are not queried.
    const requests = existing.flatMap((wanted) => [wanted.arrived, rowOfStep(wanted)?.stored, rowOfStep(wanted)?.setAside]);
    const outcomes = await this.outcomes.load(tx, [...new Set(requests.flatMap((request) => request?.requestId ?? []))]);
    const known = new KnownPostings();
    const waiting = group.flatMap((wanted) => wanted.waits(rowOfStep(wanted)?.stored) ?? []);
    await known.load(
      tx,
      waiting.flatMap(({ value }) => neededKeys(value)),
    );
    const decided = group.map((wanted) =>
      attempt(() => {
        const earlier = wanted.arrived && outcomes.of(wanted.arrived.requestId);
        return decideStep(wanted, locked.get(wanted.key) as LockedRow, earlier, known.standings, this.policyOf);
      }),
    );
    await known.load(
      tx,
      decided.flatMap((one) => (one.ok ? neededReferences(one.value) : [])),
    );

    const rows: object[] = [];
    const results: Settled<StepResult>[] = [];
    for (const one of decided)
      results.push(one.ok ? await this.result(tx, one.value, { outcomes, references: known.references, asked, rows }) : one);
    await this.write(tx, rows);
    await this.outcomes.write(tx, outcomes);
    return results;
  }

  /**
   * Composes the document, chooses its batch and records the outcomes of one decided step. An error of PostgreSQL is thrown and ends the
   * transaction; a document that cannot be composed fails this step only.
   */
  private async result(
    tx: EntityManager,
    decided: DecidedStep,
    { outcomes, references, asked, rows }: { outcomes: OutcomeUnitOfWork; references: KnownReferences; asked: Stopwatch; rows: object[] },
  ): Promise<Settled<StepResult>> {
    const { wanted, row, now, posting, effects, next, stored, setAside, prerequisites, waitingSince } = decided;
    let composed: Composed | undefined;
    let { batchId } = row;
    let postingDate = wanted.postingDate ?? row.postingDate;
    if (next?.kind === 'post') {
      const document = attempt(() => this.composer.compose(decided, references));
      if (!document.ok) return document;
      ({ composed, postingDate } = document.value);
      ({ composed, batchId } = await this.composer.enter(tx, decided, composed));
    } else if (isCertainlyAbsent(posting)) [batchId, postingDate] = [undefined, undefined];
    else if (effects.some((effect) => effect.kind === 'conclude' && effect.result === 'adopted'))
      batchId = this.batchOfAdopted(posting, stored, batchId);

    const saved: LedgerRow = { ...row, posting, stored, setAside, batchId, postingDate, prerequisites, waitingSince };
    const after: LedgerRow = { ...saved, batchId: (await this.assigned.record(tx, saved, now)) ?? batchId };
    return attempt(() => {
      const conclusions = outcomes.conclude({ before: row, after, arrived: wanted.arrived, due: wanted.due }, effects, now);
      const text = effects.flatMap((effect) => ('text' in effect && effect.text !== undefined ? [effect.text] : [])).at(-1);
      if (posting !== row.posting) rows.push(writtenRow(payloadsOf(tx), row, after, text));
      return { row: after, next, composed, lease: new Lease(asked, posting.leaseUntil - now), conclusions };
    });
  }

  /** The batch of a document. An adopted document may have been entered by an earlier call, in another batch than the last one. */
  private batchOfAdopted(posting: Posting, stored: StoredRequest | undefined, batchId: string | undefined): string | undefined {
    const entered = posting.reference && stored && this.connector.batchIdOf?.(stored.value.kind, posting.reference);
    return entered === undefined || entered === '' ? batchId : entered;
  }

  /** Inserts missing rows, which also locks them. Sorted by key, so that two pods cannot deadlock. */
  private async insertMissing(tx: EntityManager, group: readonly WantedStep[]): Promise<Map<string, LockedRow>> {
    const rows = group.filter(({ kind }) => kind !== undefined);
    if (rows.length === 0) return new Map();
    const inserted = await tx.query<{ posting_key: string; now: Date }[]>(
      `insert into erp_sink.posting (posting_key, target, kind)
       select posting_key, $2, kind from unnest($1::text[], $3::text[]) as wanted (posting_key, kind) order by posting_key
       on conflict do nothing returning posting_key, clock_timestamp() as now`,
      [rows.map(({ key }) => key), this.target, rows.map(({ kind = '' }) => toStorable(kind))],
    );
    return new Map(inserted.map(({ posting_key, now }) => [posting_key, { row: newRow(posting_key), now: now.getTime() }]));
  }

  /** Locks existing rows and reads each with the time at which it was locked. A key without a row is a new posting. */
  private async lock(tx: EntityManager, group: readonly WantedStep[]): Promise<Map<string, LockedRow>> {
    if (group.length === 0) return new Map();
    const known = new Map(group.flatMap(({ known: one }) => (one ? [[one.requestId, one] as const] : [])));
    const raws = await tx.query<(RawRow & { now: Date })[]>(
      `with locked as materialized (select * from erp_sink.posting where posting_key = any($1) order by posting_key for update)
       select ${readColumns}, case when request_id = any($2) then null else request end as request,
         case when request_id = any($2) then null else origin end as origin, clock_timestamp() as now from locked`,
      [group.map(({ key }) => key), [...known.keys()].map(toStorable)],
    );
    const found = new Map(raws.map((raw) => [raw.posting_key, { row: rowOf(raw, payloadsOf(tx), known), now: raw.now.getTime() }]));
    const now = raws.at(-1)?.now.getTime() ?? 0;
    return new Map(group.map(({ key }) => [key, found.get(key) ?? { row: newRow(key), now }]));
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
         applied_amount = w.applied_amount, set_aside = w.set_aside, waiting_released = w.waiting_released, waiting_since = w.waiting_since,
         decide_at = w.decide_at, posting_date = w.posting_date, half = w.half, discarding = w.discarding, released = p.released and not w.twice, changed_at = clock_timestamp()
       from json_to_recordset($1::json) as w (${writtenColumns})
       where p.posting_key = w.posting_key and p.fence = w.was`,
      [toLedgerJson(rows)],
    );
    // The rows are locked, so this cannot happen. If it does, nothing may be written (I7).
    if (affected !== rows.length)
      throw new PostingTakenError(`recording ${rows.length} postings: ${rows.length - affected} have another fence by now`, {});
  }
}

function newRow(key: string): LedgerRow {
  return {
    key,
    posting: newPosting,
    stored: undefined,
    setAside: undefined,
    batchId: undefined,
    prerequisites: noPrerequisites,
    waitingSince: undefined,
    postingDate: undefined,
  };
}

function attempt<T>(work: () => T): Settled<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return { ok: false, error };
  }
}
