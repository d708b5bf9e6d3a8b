import { Inject, Injectable } from '@nestjs/common';
import type { ErpConnector, ErpDocument, ErpReference } from '@tributary/connector-kit';
import { withDatabase } from '@tributary/persistence';
import { newPosting, step } from '@tributary/posting';
import type { Decision, Effect, Input } from '@tributary/posting';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { composeDocument } from '../decide/document.js';
import type { Composed } from '../decide/document.js';
import { BatchChooser } from './batch-chooser.js';
import { columnsOf, protocolRequest, rowOf } from './ledger-row.js';
import type { Conclusion, LedgerRow, RawOutcome, RawRow, StoredRequest } from './ledger-row.js';
import { OutcomeRepository } from './outcome.repository.js';
import { Lease, startStopwatch } from './lease.js';
import type { Stopwatch } from './lease.js';
import { PostingTakenError } from './posting.errors.js';
import { CONNECTOR, POSTING_POLICY, TARGET } from './tokens.js';
import type { PolicyOf } from './tokens.js';

type IoEffect = Extract<Effect, { kind: 'look' | 'post' | 'busy' | 'fail' | 'refused' }>;

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

interface Loaded {
  readonly row: LedgerRow;
  readonly now: number;
  readonly tx: EntityManager;
  readonly asked: Stopwatch;
}

/**
 * The posting ledger in PostgreSQL. Each method is one transaction: lock the row, apply the pure step of libs/posting, write the row
 * where its fence is still the one that was read, write outcomes. The clock is PostgreSQL's: one for all pods.
 * All methods throw DatabaseSilentError when PostgreSQL does not answer.
 */
@Injectable()
export class LedgerRepository {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CONNECTOR) private readonly connector: ErpConnector,
    @Inject(POSTING_POLICY) private readonly policyOf: PolicyOf,
    @Inject(TARGET) private readonly target: string,
    @Inject(BatchChooser) private readonly batches: BatchChooser,
    @Inject(OutcomeRepository) private readonly outcomes: OutcomeRepository,
  ) {}

  /** A request arrived from Kafka. @param ordered a person gave it back. */
  async arrive(request: StoredRequest, ordered = false): Promise<Stepped> {
    const { postingKey, kind, dependsOn } = request.value;
    return this.transaction(`taking posting ${postingKey}`, async (tx) => {
      await this.known(tx, postingKey, kind);
      const loaded = await this.load(tx, postingKey);
      const missing = await this.missing(tx, dependsOn);
      const [raw] = await tx.query<RawOutcome[]>('select * from erp_sink.outcome where request_id = $1', [request.requestId]);
      const earlier = raw && { result: raw.result, digest: raw.digest };
      return this.apply(loaded, { kind: 'requested', request: protocolRequest(request), missing, earlier, ordered }, request, false);
    });
  }

  /** A person decided about a request. */
  async decide(request: StoredRequest, decision: Decision, text: string): Promise<Stepped> {
    const { postingKey, kind } = request.value;
    return this.transaction(`deciding posting ${postingKey}`, async (tx) => {
      await this.known(tx, postingKey, kind);
      return this.apply(
        await this.load(tx, postingKey),
        { kind: 'decided', request: protocolRequest(request), decision, text },
        request,
        false,
      );
    });
  }

  /** The sweeper asks whether a stored posting can go on. */
  async resume(postingKey: string): Promise<Stepped> {
    return this.transaction(`resuming posting ${postingKey}`, async (tx) => {
      const loaded = await this.load(tx, postingKey);
      const missing = await this.missing(tx, loaded.row.stored?.value.dependsOn ?? []);
      return this.apply(loaded, { kind: 'resumed', missing }, undefined, true);
    });
  }

  /**
   * What a call found out.
   * @param due conclusions are left for publication from the ledger, since no message brings them again.
   */
  async report(postingKey: string, input: Exclude<Input, { kind: 'requested' | 'resumed' }>, due: boolean): Promise<Stepped> {
    return this.transaction(`recording posting ${postingKey}`, async (tx) =>
      this.apply(await this.load(tx, postingKey), input, undefined, due),
    );
  }

  /** A row for the posting key, so that there is something to lock. */
  private async known(tx: EntityManager, postingKey: string, kind: string): Promise<void> {
    await tx.query('insert into erp_sink.posting (posting_key, target, kind) values ($1, $2, $3) on conflict do nothing', [
      postingKey,
      this.target,
      kind,
    ]);
  }

  private async transaction<T>(doing: string, work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return withDatabase(doing, () => this.database.transaction(work));
  }

  private async load(tx: EntityManager, postingKey: string): Promise<Loaded> {
    // Before the clock of PostgreSQL is read, so that a lease is never longer here than there.
    const asked = startStopwatch();
    const [raw] = await tx.query<RawRow[]>('select * from erp_sink.posting where posting_key = $1 for update', [postingKey]);
    const [clock] = await tx.query<{ now: Date }[]>('select clock_timestamp() as now');
    const row = raw ? rowOf(raw) : { key: postingKey, posting: newPosting, stored: undefined, batchId: undefined };
    return { row, now: clock?.now.getTime() ?? 0, tx, asked };
  }

  private async missing(tx: EntityManager, dependsOn: readonly string[]): Promise<string[]> {
    const there = await this.references(tx, dependsOn);
    return dependsOn.filter((key) => !there.has(key));
  }

  private async references(tx: EntityManager, keys: readonly string[]): Promise<Map<string, ErpReference>> {
    if (keys.length === 0) return new Map();
    const rows = await tx.query<{ posting_key: string; reference: ErpReference }[]>(
      'select posting_key, reference from erp_sink.posting where posting_key = any($1) and reference is not null',
      [keys],
    );
    return new Map(rows.map(({ posting_key, reference }) => [posting_key, reference]));
  }

  private async apply({ row, now, tx, asked }: Loaded, input: Input, arrived: StoredRequest | undefined, due: boolean): Promise<Stepped> {
    const { posting, effects } = step(row.posting, input, now, this.policyOf((arrived ?? row.stored)?.value.kind ?? ''));
    const stored = arrived && posting.request?.requestId === arrived.requestId ? arrived : row.stored;
    const next = effects.find(isIo);
    let after: LedgerRow = { ...row, posting, stored };
    let composed: Composed | undefined;
    if (next?.kind === 'post' && stored) {
      composed = composeDocument(stored.value, await this.references(tx, stored.value.dependsOn), posting.reference);
      if (composed.kind === 'document') {
        const batchId = await this.batchFor(tx, composed.document, row, now);
        if (batchId !== undefined) composed = { kind: 'document', document: { ...composed.document, batchId } };
        after = { ...after, batchId };
      }
    } else if (
      posting.sentAt === undefined &&
      posting.resentAt === undefined &&
      (posting.state === 'new' || posting.state === 'rejected' || posting.state === 'waiting')
    ) {
      after = { ...after, batchId: undefined }; // surely not in it
    } else if (effects.some((effect) => effect.kind === 'conclude' && effect.result === 'adopted')) {
      after = { ...after, batchId: this.batchOfAdopted(after) };
    }
    if (posting !== row.posting) await this.write(tx, row, after, effects);
    const words = { before: row, after, arrived, due };
    const lease = new Lease(asked, posting.leaseUntil - now);
    return { row: after, next, composed, lease, conclusions: await this.outcomes.conclude(tx, words, effects, now) };
  }

  /** What is found may have been entered by an earlier call, in an earlier batch than the last one. */
  private batchOfAdopted({ posting, stored, batchId }: LedgerRow): string | undefined {
    const entered = posting.reference && stored && this.connector.batchIdOf?.(stored.value.kind, posting.reference);
    return entered === undefined || entered === '' ? batchId : entered;
  }

  private async batchFor(tx: EntityManager, document: ErpDocument, row: LedgerRow, now: number): Promise<string | undefined> {
    const wanted = this.connector.batchOf?.(document);
    return wanted && this.batches.choose(tx, this.target, wanted, row.batchId, now);
  }

  private async write(tx: EntityManager, before: LedgerRow, after: LedgerRow, effects: readonly Effect[]): Promise<void> {
    const texts = effects.flatMap((effect) => ('text' in effect && effect.text !== undefined ? [effect.text] : []));
    const [, affected] = await tx.query<[unknown, number]>(
      `update erp_sink.posting set state = $3, fence = $4, lease_until = $5, attempts = $6, looks = $7, sent_at = $8, parked = $9,
         not_before = $10, request_id = $11, request = $12, record_key = $13, version = $14, applied_digest = $15, reference = $16,
         waiting_on = $17, batch_id = $18, text = $19, resent_at = $20, recheck_at = $21, rechecks = $22, twice = $23, origin = $24,
         released = released and not $23, changed_at = clock_timestamp()
       where posting_key = $1 and fence = $2`,
      [before.key, String(before.posting.fence), ...columnsOf(after, texts.at(-1) ?? null)],
    );
    // The row is locked, so this cannot happen; should it, nothing may be written (I7).
    if (affected !== 1)
      throw new PostingTakenError(`recording posting ${before.key}: its fence is not ${before.posting.fence} any more`, {
        postingKey: before.key,
      });
  }
}

function isIo(effect: Effect): effect is IoEffect {
  return effect.kind !== 'conclude' && effect.kind !== 'repeat';
}
